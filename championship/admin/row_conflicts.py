"""The same as `conflicts`, for the rows below a page: changed, added and deleted by two people at once."""

import re
from typing import Any

from django import forms
from django.db.models import Model
from django.http import QueryDict

from championship.admin.conflicts import Difference, last_change, merge, post, post_shown

# The posted values of one row: {("initial-crew-", "-seat"): ["1"], ("crew-", "-seat"): ["2"], ...}
Row = dict[tuple[str, str], list[str]]


def merge_rows(formset: Any) -> tuple[QueryDict, list[Difference]]:
    """What `formset` should have been posted, had the person been shown the rows that are stored now.

    Rows keep what the person typed; rows that somebody added meanwhile join them; a row that somebody deleted comes
    back as a new one if this person was changing it.
    """
    data = formset.data.copy()
    prefix = formset.prefix
    stored = {str(row.pk): row for row in formset.get_queryset()}
    kept: dict[str, Row] = {}
    new: list[Row] = []
    differences: list[Difference] = []
    for index, row in sorted(_split(data, prefix).items()):
        pk = _pk(formset, row)
        if pk in stored:
            form = _bound(formset, data, index, stored[pk])
            differences += _changes(formset, form, merge(form, data, skip=("DELETE",)))
            kept[pk] = _split(data, prefix)[index]
            continue
        form = _bound(formset, data, index, formset.model())
        touched = bool(set(form.changed_data) - {formset.model._meta.pk.name, formset.fk.name, "DELETE"})
        wanted = touched and "DELETE" not in form.changed_data
        if pk:
            differences.append(_gone(formset, pk, wanted=wanted))
        if wanted:
            row.pop((f"{prefix}-", f"-{formset.model._meta.pk.name}"), None)
            new.append(row)
    for pk, instance in stored.items():
        if pk not in kept:
            kept[pk] = _as_posted(formset, instance)
            differences.append(_added(formset, instance))
    _write(data, prefix, [kept[pk] for pk in stored], new)
    return data, differences


def _split(data: QueryDict, prefix: str) -> dict[int, Row]:
    pattern = re.compile(rf"((?:initial-)?{re.escape(prefix)}-)([0-9]{{1,4}})(-.+)")
    rows: dict[int, Row] = {}
    for key, values in data.lists():
        if match := pattern.fullmatch(key):
            rows.setdefault(int(match[2]), {})[match[1], match[3]] = values
    return rows


def _write(data: QueryDict, prefix: str, kept: list[Row], new: list[Row]) -> None:
    for index, row in _split(data, prefix).items():
        for head, tail in row:
            del data[f"{head}{index}{tail}"]
    for index, row in enumerate([*kept, *new]):
        for (head, tail), values in row.items():
            data.setlist(f"{head}{index}{tail}", values)
    data[f"{prefix}-INITIAL_FORMS"] = str(len(kept))
    data[f"{prefix}-TOTAL_FORMS"] = str(len(kept) + len(new))


def _pk(formset: Any, row: Row) -> str:
    return row.get((f"{formset.prefix}-", f"-{formset.model._meta.pk.name}"), [""])[-1]


def _bound(formset: Any, data: QueryDict, index: int, instance: Model) -> forms.ModelForm:
    form = formset.form(data, prefix=f"{formset.prefix}-{index}", instance=instance, use_required_attribute=False)
    formset.add_fields(form, index)
    return form


def _as_posted(formset: Any, instance: Model) -> Row:
    form = formset.form(prefix=f"{formset.prefix}-0", instance=instance)
    formset.add_fields(form, 0)
    data = QueryDict(mutable=True)
    for name in form.fields:
        if name != "DELETE":
            post(data, form[name], form[name].initial)
            post_shown(data, form[name], form[name].initial)
    data[f"{formset.prefix}-0-{formset.model._meta.pk.name}"] = str(instance.pk)
    return _split(data, formset.prefix)[0]


def _changes(formset: Any, form: forms.ModelForm, found: list[tuple[str, str | None, str]]) -> list[Difference]:
    return [
        Difference(
            where=formset.row_label(form.instance),
            label=str(form.fields[name].label or name).capitalize(),
            mine=mine,
            theirs=theirs,
            last_change=last_change(form.instance),
        )
        for name, mine, theirs in found
    ]


def _added(formset: Any, instance: Model) -> Difference:
    return Difference(
        where=formset.row_label(instance), label="Row", mine=None, theirs="added", last_change=last_change(instance)
    )


def _gone(formset: Any, pk: str, *, wanted: bool) -> Difference:
    gone = formset.model(pk=int(pk) if pk.isascii() and pk.isdigit() and len(pk) < 18 else 0)
    record = gone.history.order_by("-history_id").first()
    return Difference(
        where=formset.row_label(record.instance) if record else str(formset.model._meta.verbose_name).capitalize(),
        label="Row",
        mine="kept below as a new row" if wanted else None,
        theirs="deleted",
        last_change=last_change(gone),
    )
