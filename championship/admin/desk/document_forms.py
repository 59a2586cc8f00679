"""What officials type about a document that they upload."""

from typing import Any

from django import forms

from championship.models import Document, Event, EventEntry
from championship.rules.names import car_number_key
from championship.rules.pdf_files import LARGEST_FILE, too_large
from championship.services.document_uploads import MADE_HERE, Upload

FIELDS = ("kind", "title", "language", "session", "event_entry", "amends")


class CarField(forms.ModelChoiceField):
    def label_from_instance(self, car: EventEntry) -> str:  # type: ignore[override]
        return f"{car.entry.car_number}  {car.team_name}"


class DocumentField(forms.ModelChoiceField):
    def label_from_instance(self, document: Document) -> str:  # type: ignore[override]
        return str(document)


class DocumentForm(forms.Form):
    """An uploaded document; the file may stay as it is when the draft has one."""

    kind = forms.ChoiceField(
        choices=[("", "Choose"), *(one for one in Document.Kind.choices if one[0] not in MADE_HERE)],
        error_messages={"required": "Say what kind of document it is."},
        help_text="Decisions and classifications come here by themselves when their session publishes them.",
    )
    title = forms.CharField(
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": "Give it a title, as it stands at the head of the document."},
        help_text="Readers see it on the board and in the feed: Bulletin 3, pit lane speed limit.",
    )
    language = forms.ChoiceField(choices=Document.Language.choices, initial=Document.Language.ENGLISH)
    session = forms.ModelChoiceField(queryset=None, required=False, empty_label="None", help_text="If it is of one.")
    event_entry = CarField(
        label="Car", queryset=None, required=False, empty_label="None", help_text="If it is about one."
    )
    amends = DocumentField(
        queryset=None, required=False, empty_label="Nothing", help_text="The document that this one corrects."
    )
    file = forms.FileField(
        label="PDF",
        widget=forms.FileInput(attrs={"accept": ".pdf,application/pdf"}),
        error_messages={
            "required": "Choose the PDF.",
            "empty": "The file is empty. Save it as a PDF again, then choose it.",
        },
        help_text=f"At most {LARGEST_FILE // 1024 // 1024} MB.",
    )
    seen_version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=2_000_000_000)
    seen_number = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1, max_value=32_767)

    def __init__(self, *args: Any, event: Event, document: Document | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["session"].queryset = event.sessions.all()
        cars = event.event_entries.select_related("entry__team", "event")
        self.fields["event_entry"].queryset = cars
        in_order = sorted(cars, key=lambda car: car_number_key(car.entry.car_number))
        field = self.fields["event_entry"]
        field.choices = [("", "None"), *((car.pk, field.label_from_instance(car)) for car in in_order)]
        self.fields["amends"].queryset = Document.objects.published().filter(event=event)
        if document is not None and hasattr(document, "file"):
            self.fields["file"].required = False
            self.fields["file"].help_text = f"Now: {document.file.name}. Choose another one to replace it."

    def clean_title(self) -> str:
        """One line without the invisible characters that a copied title may bring."""
        return " ".join(self.cleaned_data["title"].split())

    def clean_file(self) -> Any:
        """Refuse what is too large before a byte of it is read."""
        sent = self.cleaned_data["file"]
        if sent is not None and sent.size > LARGEST_FILE:
            raise forms.ValidationError(too_large(sent.size))
        return sent

    @property
    def values(self) -> dict[str, Any]:
        """The fields of the document."""
        return {name: self.cleaned_data[name] for name in FIELDS}

    @property
    def upload(self) -> Upload | None:
        """The chosen file, None when the draft keeps its own."""
        sent = self.cleaned_data["file"]
        return Upload(name=sent.name, content=sent.read()) if sent else None
