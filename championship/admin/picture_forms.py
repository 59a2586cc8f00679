"""The form of a picture, and the work on its file, which is done before the transaction of the page begins."""

from dataclasses import asdict, dataclass
from typing import Any

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from championship.admin.forms import VersionedForm
from championship.imaging.errors import PictureRefusedError
from championship.models import Picture
from championship.rules.pictures import MOST_BYTES
from championship.services import pictures
from championship.services.pictures import Prepared, SamePictureError

_SALT = "championship.picture"
# So long a file that was sent with a form that had another mistake need not be sent again.
_KEPT_SECONDS = 86_400


@dataclass(frozen=True, slots=True, kw_only=True)
class FileWork:
    """What came of the file that was sent: `prepared` files that no row names yet, or a `problem` in words."""

    prepared: Prepared | None = None
    problem: str | SafeString = ""

    @property
    def token(self) -> str:
        """Names the prepared files to a later request; nobody else can make one up."""
        return signing.dumps(asdict(self.prepared), salt=_SALT) if self.prepared else ""


def work_on_file(request: HttpRequest, picture: Picture | None) -> FileWork:
    """Prepare the file that was posted, or the crops of another point of interest. Call it outside a transaction."""
    focus = _posted_focus(request)
    upload = request.FILES.get("upload")
    try:
        if upload is not None:
            if (upload.size or 0) > MOST_BYTES:
                return FileWork(problem=f"The file has more than {MOST_BYTES // 1_000_000} MB. Export it smaller.")
            return FileWork(prepared=pictures.prepare(upload.read(), focus=focus or pictures.CENTRE))
        source = _kept(request) or picture
        if source is None or focus is None or focus == (source.focus_x, source.focus_y):
            return FileWork(prepared=source if isinstance(source, Prepared) else None)
        return FileWork(prepared=pictures.prepare_again(source, focus=focus))
    except SamePictureError as error:
        address = reverse("admin:championship_picture_change", args=[error.picture.pk])
        words = 'This file is in the library already: <a href="{}">{}</a>.'
        return FileWork(problem=format_html(words, address, error.picture))
    except PictureRefusedError as error:
        return FileWork(problem=str(error))


def _posted_focus(request: HttpRequest) -> tuple[int, int] | None:
    """The point of interest that was typed; None when it is none, which the form then says."""
    percent = forms.IntegerField(min_value=0, max_value=100)
    try:
        return percent.clean(request.POST.get("focus_x", "")), percent.clean(request.POST.get("focus_y", ""))
    except ValidationError:
        return None


def _kept(request: HttpRequest) -> Prepared | None:
    try:
        return Prepared(**signing.loads(request.POST.get("kept", ""), salt=_SALT, max_age=_KEPT_SECONDS))
    except signing.BadSignature:
        return None


class PictureForm(VersionedForm):
    """The words of a picture, its point of interest, and its file. The admin page sets `work` for each request."""

    work = FileWork()
    of_no_column = ("upload", "kept")

    upload = forms.FileField(
        label="File",
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp,image/avif"}),
        help_text="JPEG, PNG, WebP or AVIF, at most 40 MB and 40 million pixels. Where and with what it was taken is "
        "removed from it.",
    )
    kept = forms.CharField(widget=forms.HiddenInput, required=False)

    class Meta:
        labels = {"is_decorative": "Decorative"}
        widgets = {
            "alt": forms.Textarea(attrs={"rows": 2}),
            **{name: forms.NumberInput(attrs={"min": 0, "max": 100}) for name in ("focus_x", "focus_y")},
        }

    def prepare(self) -> None:
        if self.instance.pk is not None and "upload" in self.fields:
            self.fields["upload"].label = "Another file"
            self.fields[
                "upload"
            ].help_text = f"Takes the place of this one wherever it is shown. {self.fields['upload'].help_text}"
        prepared = self.work.prepared
        if self.is_bound and prepared is not None and prepared.sha256 != self.instance.sha256:
            self.data = self.data.copy()
            self.data["kept"] = self.work.token
            self.fields["upload"].help_text = "Your file is kept: you need not choose it again."

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        prepared = self.work.prepared
        if self.work.problem:
            self.add_error("upload", self.work.problem)
        elif prepared is None and self.instance.pk is None:
            self.add_error("upload", "Choose a file.")
        elif prepared and Picture.objects.filter(sha256=prepared.sha256).exclude(pk=self.instance.pk).exists():
            self.add_error("upload", "This file is in the library already.")
        if bool(self.cleaned_data.get("alt")) == bool(self.cleaned_data.get("is_decorative")):
            self.add_error(
                "alt", "Describe what the picture shows, or tick “decorative” and leave the description empty."
            )
        return cleaned
