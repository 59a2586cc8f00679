"""The forms of the admin: the version check of a page, and rows below it that merge when two people saved."""

from typing import Any

from django import forms
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models
from django.utils.text import capfirst

from championship import rights
from championship.admin.conflicts import Difference, LastChange, last_change, merge
from championship.admin.durations import DurationField
from championship.admin.row_conflicts import merge_rows
from championship.models.base import Milliseconds

BOOKKEEPING = ("seen_version", "change_reason")

# The browser's own date picker: no "Today" in the reader's zone, and a real keyboard on a phone.
WIDGETS = {
    models.DateField: {"widget": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")},
    Milliseconds: {"form_class": DurationField},
}


class CheckedForm(forms.ModelForm):
    """Checks every constraint, also one over a field that is shown read-only."""

    def _get_validation_exclusions(self) -> set[str]:
        exclude = super()._get_validation_exclusions()
        return exclude if self.instance.pk is None else {name for name in exclude if name in self.fields}

    def _update_errors(self, errors: ValidationError) -> None:
        if hasattr(errors, "error_dict"):
            for name in [name for name in errors.error_dict if name not in {*self.fields, NON_FIELD_ERRORS}]:
                errors.error_dict.setdefault(NON_FIELD_ERRORS, []).extend(errors.error_dict.pop(name))
        super()._update_errors(errors)


class VersionedForm(CheckedForm):
    """A form that knows which version of its row the person saw, and refuses to save over a newer one.

    After a refusal `differences` lists what the other person changed, and the form holds the work of both. It also
    refuses a row of an event where `person` has no duty.
    """

    person: rights.Person = AnonymousUser()

    # Fields that no column stores as they are, so that there is nothing of another person's to merge: a file.
    of_no_column: tuple[str, ...] = ()

    seen_version = forms.CharField(widget=forms.HiddenInput, required=False)
    change_reason = forms.CharField(
        label="Reason for this change",
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
        help_text="For your colleagues: it stands in the history beside your name.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.differences: list[Difference] = []
        self.stale = False
        self.prepare()
        if self.instance.pk is None:
            for name in BOOKKEEPING:
                del self.fields[name]
            return
        self.initial["seen_version"] = self.instance.version
        for name, field in self.fields.items():
            field.show_hidden_initial = name not in (*BOOKKEEPING, *self.of_no_column) and not field.disabled
        self.stale = self.is_bound and is_stale(self.instance, self.data.get("seen_version", ""))
        if self.stale:
            self._take_over_what_is_stored()

    def prepare(self) -> None:
        """Called once the fields stand, before what another person saved is taken over."""

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if self.stale:
            raise ValidationError("Nothing is saved yet: look through the form, then save it.", code="conflict")
        return cleaned

    def _post_clean(self) -> None:
        super()._post_clean()
        if words := rights.refusal(self.person, self.instance):
            self.add_error(None, words)

    def change_of(self, name: str, since: int) -> LastChange:
        """Who changed a field last, after the version `since`, and when."""
        return last_change(self.instance, self.instance._meta.get_field(name).attname, since=since)

    def _take_over_what_is_stored(self) -> None:
        data = self.data.copy()
        seen = as_version(data.get("seen_version", ""))
        self.differences = [
            Difference(
                where="",
                label=capfirst(str(self.fields[name].label or name)),
                mine=mine,
                theirs=theirs,
                last_change=self.change_of(name, since=seen),
            )
            for name, mine, theirs in merge(self, data, skip=(*BOOKKEEPING, *self.of_no_column))
        ]
        data["seen_version"] = str(self.instance.version)
        self.data = data
        # Django keeps the list of changed fields; it was made from the old data.
        self.__dict__.pop("changed_data", None)


def as_version(posted: str) -> int:
    """The version that a form says it saw; 0, which no row has, when it says none."""
    return int(posted) if posted.isascii() and posted.isdigit() and len(posted) < 10 else 0


def is_stale(row: models.Model, posted: str) -> bool:
    """Whether `row` was saved by somebody after the person opened the page that says `posted`."""
    return as_version(posted) != row.version  # type: ignore[attr-defined]  # every such row is Versioned


class RowForm(CheckedForm):
    """One row of an inline."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.show_hidden_initial = not field.disabled


class RowFormSet(forms.BaseInlineFormSet):
    """The rows below a page. With `stale` it takes over what is stored now and keeps what was typed."""

    # A field that is unique among the rows: two rows cannot exchange its values in one step.
    unique_among_rows = ""
    # Set by an inline whose labels stand in the head of a table: each field then says its own name and row.
    named_by_column = False

    def __init__(self, *args: Any, stale: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.differences: list[Difference] = []
        self.change_reason = ""
        # Django turns an empty request into a plain dictionary: nothing was typed, so there is nothing to keep.
        if stale and self.data:
            self.data, self.differences = merge_rows(self)
            # Django keeps the counts of rows that it read; there are others now.
            self.__dict__.pop("management_form", None)

    def add_fields(self, form: forms.ModelForm, index: int | None) -> None:
        super().add_fields(form, index)
        # The page's own row as it is being typed, not as it is stored.
        setattr(form.instance, self.fk.name, self.instance)
        self.prepare(form)
        if self.named_by_column:
            for name, field in form.fields.items():
                label = "Delete" if name == "DELETE" else field.label or name
                row = "" if index is None else f", row {index + 1}"
                getattr(field.widget, "widget", field.widget).attrs["aria-label"] = f"{capfirst(str(label))}{row}"

    def prepare(self, form: forms.ModelForm) -> None:
        """Called once for each row's form, after its parent is known."""

    def row_label(self, row: models.Model) -> str:
        """How messages call a row."""
        return f"{capfirst(str(row._meta.verbose_name))} {row}"

    def clean(self) -> None:
        super().clean()
        if self.unique_among_rows:
            self._refuse_exchange(self.unique_among_rows)

    def save(self, commit: bool = True) -> list[models.Model]:
        for form in self.forms:
            form.instance._change_reason = self.change_reason
        return super().save(commit)

    def kept_forms(self) -> list[forms.ModelForm]:
        """The forms of the rows that will exist after saving, also those with an error in a field."""
        kept = [form for form in self.forms if form.instance.pk or form.has_changed()]
        return [form for form in kept if not (self.can_delete and self._should_delete_form(form))]

    def _refuse_exchange(self, name: str) -> None:
        kept = self.kept_forms()
        taken = {form.initial[name]: form for form in kept if form.instance.pk and name in form.changed_data}
        for form in kept:
            value = form.cleaned_data.get(name)
            if value in taken and taken[value] is not form:
                form.add_error(name, f"{value} belongs to another row. Change the other values of that row instead.")
