"""The page “Publish entry list”: what readers will see for the first time, then the publication of exactly that."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.html import format_html

from championship.admin.step_up import confirmed
from championship.admin.tasks import TaskPages
from championship.models import Entry, EntryList, Event, EventEntry, Season
from championship.rules.entry_lists import ListLine
from championship.selectors.classes import joined_later
from championship.selectors.entry_lines import NOT_COUNTED
from championship.selectors.entry_lists import in_words
from championship.services import entry_lists
from championship.services.entry_lists import Preview, PublishError

MAY_PUBLISH = "publish_entrylist"


class PublishForm(forms.Form):
    """What an official decides about a revision; `seen` is the fingerprint of the preview that he or she looked at."""

    status = forms.ChoiceField(
        choices=EntryList.Status,
        widget=forms.RadioSelect,
        help_text="Provisional until the series confirms the list. Amended: a final list that had to be corrected.",
    )
    note = forms.CharField(
        label="Note for readers",
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Optional. Shown with this revision for good, for example: Car 56 replaces car 12.",
    )
    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def clean_note(self) -> str:
        """One line: a note is a sentence or two, not a layout."""
        return " ".join(self.cleaned_data["note"].split())


class PublishEntryListMixin(TaskPages):
    """For the admins of Season and Event: a link and the page that publishes the next revision of their entry list."""

    tasks = (("publish", "Publish entry list", MAY_PUBLISH),)

    @method_decorator(confirmed)
    def publish_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        row = self.task_row(request, object_id, MAY_PUBLISH)
        season, event = (row.season, row) if isinstance(row, Event) else (row, None)
        form = PublishForm(request.POST) if request.method == "POST" else None
        refusal = ""
        if form is not None and form.is_valid():
            try:
                published = entry_lists.publish(season=season, event=event, by=request.user, **form.cleaned_data)
            except PublishError as error:
                refusal = str(error)
            else:
                address = published.get_absolute_url()
                text = 'Published r{} with {}. <a href="{}">See it as readers do</a>.'
                cars = _cars(line.status for line in published.lines.all())
                messages.success(request, format_html(text, published.revision, cars, address))
                return HttpResponseRedirect(
                    reverse(f"{self.admin_site.name}:{self.task_name('publish')}", args=[row.pk])
                )
        now = entry_lists.preview(season=season, event=event)
        context = {"form": _form(form, now), "refusal": refusal, **_shown(now, season, event, self.admin_site.name)}
        return self.task_page(request, "publish_entry_list", row, f"Publish the entry list of {row}", context)


def _form(posted: PublishForm | None, now: Preview) -> PublishForm:
    """The form for the preview that is shown: what was typed stays, but it always stands for what is seen now."""
    if posted is None:
        status = now.previous.status if now.previous else EntryList.Status.PROVISIONAL
        return PublishForm(initial={"status": status, "seen": now.fingerprint})
    posted.data = posted.data.copy()
    posted.data["seen"] = now.fingerprint
    return posted


def _shown(now: Preview, season: Season, event: Event | None, site: str) -> dict[str, Any]:
    before = [line.as_list_line() for line in now.previous.lines.for_list()] if now.previous else []
    addresses = _addresses(season, event, site)
    groups = [
        ("Added", now.changes.added if now.previous else ()),
        ("Withdrawn", now.changes.withdrawn),
        ("No longer on the list", now.changes.removed),
    ]
    return {
        "now": now,
        "cars": _cars(line.status for line in now.lines),
        "first": now.previous is None,
        "classes": _classes(before, now.lines),
        "groups": [(heading, [_car(line, addresses) for line in lines]) for heading, lines in groups if lines],
        "changed": [
            {**_car(car.line, addresses), "changes": [in_words(change) for change in car.changes]}
            for car in now.changes.changed
        ],
        "warnings": _warnings(now.lines, addresses),
        "late": [_car(line, addresses) for line in _late(now, event)],
    }


def _late(now: Preview, event: Event | None) -> list[ListLine]:
    """Cars that readers know as joined later and that this revision would put on the season's own list."""
    if event is not None or now.previous is None or not now.changes.added:
        return []
    late = {plate.car_number for field in joined_later(now.previous) for plate in field.cars}
    return [line for line in now.changes.added if line.car_number in late]


def _addresses(season: Season, event: Event | None, site: str) -> dict[str, str]:
    """Where the car of a number is mended: the form of its entry, or of its entry at the event."""
    if event is None:
        rows = Entry.objects.filter(season=season).values_list("car_number", "pk")
    else:
        rows = EventEntry.objects.filter(event=event).values_list("entry__car_number", "pk")
    noun = "entry" if event is None else "evententry"
    return {number: reverse(f"{site}:championship_{noun}_change", args=[pk]) for number, pk in rows}


def _car(line: ListLine, addresses: dict[str, str]) -> dict[str, Any]:
    return {
        "number": line.car_number,
        "name": f"{line.team_name}, {line.car_model_name}",
        "race_class": line.race_class_name,
        "url": addresses.get(line.car_number, ""),
        "crew": ", ".join(seat.name for seat in line.crew),
    }


def _cars(statuses: Any) -> str:
    """How many cars these are: `39 cars`, or `38 cars and 1 that is not counted`."""
    listed = list(statuses)
    others = sum(status in NOT_COUNTED for status in listed)
    cars = len(listed) - others
    text = f"{cars} car{'' if cars == 1 else 's'}"
    return f"{text} ({others} more withdrawn or not admitted)" if others else text


def _classes(before: Sequence[ListLine], after: Sequence[ListLine]) -> list[tuple[str, int, int]]:
    """(class, cars before, cars after) in the order of the list."""
    then, now = (
        Counter(line.race_class_name for line in lines if line.status not in NOT_COUNTED) for lines in (before, after)
    )
    names = dict.fromkeys(line.race_class_name for line in (*after, *before))
    return [(name, then[name], now[name]) for name in names]


def _warnings(lines: Sequence[ListLine], addresses: dict[str, str]) -> list[dict[str, Any]]:
    """Cars that may not be ready for readers. Nothing here prevents the publication."""
    found = []
    for line in lines:
        if line.status in NOT_COUNTED:
            continue
        open_seats = [seat for seat in line.crew if not seat.driver]
        if not line.crew:
            found.append({**_car(line, addresses), "why": "no crew yet"})
        elif open_seats:
            seats = " and ".join(f"seat {seat.seat} ({seat.rating.capitalize()})" for seat in open_seats)
            found.append({**_car(line, addresses), "why": f"{seats} to be announced"})
    return found
