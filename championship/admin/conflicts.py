"""When two officials saved the same row: what each of them changed, and a form that keeps both.

Every form carries, beside each field, the value that the person was shown (Django's hidden initial). So three values
are known: shown, typed, stored now. What the person did not touch follows the stored value; what he or she typed
stays typed; and every field that the other one changed is listed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.forms.boundfield import BoundField
from django.http import QueryDict

from championship.admin.durations import DurationField
from championship.rules.durations import with_unit

NOTHING = "nothing"


@dataclass(frozen=True, slots=True, kw_only=True)
class LastChange:
    """Who last changed something, and when (UTC); `who` is "somebody" when the history does not know."""

    who: str
    when: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One thing that the other person changed. `mine` is None where this person had not touched it."""

    where: str
    label: str
    mine: str | None
    theirs: str
    last_change: LastChange


def last_change(row: Model, name: str = "", since: int | None = None) -> LastChange:
    """The newest change of `row`, or of its field `name` if given, after version `since` if given."""
    records = row.history.select_related("history_user").order_by("history_id")  # type: ignore[attr-defined]
    if since is not None:
        records = records.filter(version__gte=since)
    found = None
    before = None
    for record in records:
        if not name or before is None or getattr(record, name, None) != getattr(before, name, None):
            found = record
        before = record
    if found is None:
        return LastChange(who="somebody", when=None)
    return LastChange(who=str(found.history_user or "somebody"), when=found.history_date)


def in_words(field: forms.Field, value: Any) -> str:  # noqa: PLR0911 (a table of kinds)
    """A value as a person would say it; `value` is a stored value, or what was posted."""
    try:
        value = field.to_python(value)
    except ValidationError:
        return str(value)
    if hasattr(field, "in_words"):
        return str(field.in_words(value) or NOTHING)
    if isinstance(value, QuerySet | list):
        return ", ".join(str(item) for item in value) or NOTHING
    if value is None or value == "":
        return NOTHING
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(field, DurationField):
        return with_unit(value)
    if isinstance(value, date):
        day = f"{value.day} {value:%B %Y}"
        return f"{day}, {value:%H:%M}" if isinstance(value, datetime) else day
    if isinstance(value, time):
        return f"{value:%H:%M}"
    labels = {} if isinstance(value, Model) else dict(_flat(getattr(field, "choices", ())))
    return str(labels.get(str(value), value))


def merge(form: forms.BaseForm, data: QueryDict, skip: Sequence[str] = ()) -> list[tuple[str, str | None, str]]:
    """Bring the posted `data` of a form up to what is stored now, keeping what the person typed.

    The form is bound and its instance is the stored row. Returns (field, mine or None, theirs) in words for each
    field that somebody else changed.
    """
    found: list[tuple[str, str | None, str]] = []
    for name, field in form.fields.items():
        if name in skip or field.disabled or field.widget.is_hidden:
            continue
        bound = form[name]
        stored = _plain(field, bound.initial)
        shown = form._widget_data_value(field.hidden_widget(), bound.html_initial_name)
        touched = name in form.changed_data
        if field.has_changed(stored, _one_line_ends(shown)):
            if not touched:
                found.append((name, None, in_words(field, stored)))
            elif field.has_changed(stored, bound.data):
                found.append((name, in_words(field, bound.data), in_words(field, stored)))
        if not touched:
            post(data, bound, stored)
        post_shown(data, bound, stored)
    return found


def post(data: QueryDict, bound: BoundField, value: Any) -> None:
    """Put `value` into `data` as a browser would send it from the field's own widget."""
    value = bound.field.prepare_value(value)
    if isinstance(bound.field.widget, forms.CheckboxInput):
        data.setlist(bound.html_name, ["on"] if value else [])
    elif isinstance(value, list | tuple):
        data.setlist(bound.html_name, [str(item) for item in value])
    else:
        data[bound.html_name] = _posted_text(bound.field.widget, value)


def post_shown(data: QueryDict, bound: BoundField, value: Any) -> None:
    """Put `value` into `data` as what the person was shown."""
    value = bound.field.prepare_value(value)
    if isinstance(value, list | tuple):
        data.setlist(bound.html_initial_name, [str(item) for item in value])
    else:
        data[bound.html_initial_name] = _posted_text(bound.field.hidden_widget(), value)


def _posted_text(widget: forms.Widget, value: Any) -> str:
    text = widget.format_value(value)
    if isinstance(text, list):
        text = text[0] if text else ""
    return "" if text is None else str(text)


def _plain(field: forms.Field, value: Any) -> Any:
    return field.prepare_value(value) if isinstance(field, forms.ModelChoiceField) else value


def _one_line_ends(value: Any) -> Any:
    """Browsers send line breaks as CR LF, files are written with LF: no difference to a reader."""
    return value.replace("\r\n", "\n") if isinstance(value, str) else value


def _flat(choices: Any) -> list[tuple[str, Any]]:
    return [(str(key), label) for key, label in choices if not isinstance(label, list | tuple)]
