"""The form in which something of the newsroom is written."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from championship.admin.conflicts import LastChange
from championship.admin.forms import VersionedForm
from news.admin.body import BodyField
from news.markup import Line, clean, compare_texts
from news.models.editions import LINKS
from news.services import stories

SUBJECTS = tuple(LINKS)


class WritingForm(VersionedForm):
    """What an editor types. Where another person saved meanwhile, it holds the work of both (`VersionedForm`)."""

    body = BodyField(label="Text", required=False)

    def prepare(self) -> None:
        # The row itself takes what was typed when the form is checked.
        self.stored_body = self.instance.body
        if "slug" in self.fields:
            self.fields["slug"].required = False
        if "standfirst" in self.fields:
            self.fields["standfirst"].widget = forms.Textarea(attrs={"rows": 3, "maxlength": 400})

    def clean_related(self) -> Any:
        chosen = self.cleaned_data["related"]
        if self.instance.pk and any(story.pk == self.instance.pk for story in chosen):
            raise ValidationError("This is the story itself. Choose others.")
        return chosen

    def clean_embargo_until(self) -> Any:
        until = self.cleaned_data["embargo_until"]
        if words := stories.embargo_problem(self.instance, until):
            raise ValidationError(words)
        return until

    def change_of(self, name: str, since: int) -> LastChange:
        """Autosave writes no history, but the story says who typed last."""
        return LastChange(who=str(self.instance.edited_by or "somebody"), when=self.instance.edited_at)

    @property
    def text_differences(self) -> tuple[Line, ...]:
        """The lines of both texts that differ: `removed` are words of this person, `added` those of the other one."""
        if not self.stale or "body" not in self.fields:
            return ()
        mine, theirs = clean(str(self["body"].value() or "")), self.stored_body
        return tuple(line for line in compare_texts(mine, theirs) if line.is_changed)

    @property
    def typed(self) -> stories.Typed:
        """What was typed, for the services. Without a slug it stays what it was."""
        names = {*stories.TEXTS, "embargo_until"} & self.cleaned_data.keys()
        found: Any = {name: self.cleaned_data[name] for name in names}
        if not found.get("slug"):
            found.pop("slug", None)
        return found  # type: ignore[no-any-return]

    @property
    def links(self) -> stories.Links:
        return {name: self.cleaned_data[name] for name in SUBJECTS if name in self.cleaned_data}
