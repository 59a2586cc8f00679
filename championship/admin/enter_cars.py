"""The page “Enter cars”: the season's cars into an event, all at once."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from championship.admin.tasks import TaskPages
from championship.models import Entry, Event
from championship.rules.names import car_number_key
from championship.services.event_entries import CrewFrom, enter_cars

MAY_ENTER = "add_evententry"


class EnterCarsForm(forms.Form):
    """Which cars enter an event, and whose crews they bring."""

    cars = forms.MultipleChoiceField(error_messages={"required": "Choose at least one car."})
    crew_from = forms.ChoiceField(
        label="Their crews",
        widget=forms.RadioSelect,
        choices=[
            (CrewFrom.LATEST.value, "As at their latest earlier event, otherwise as nominated for the season"),
            (CrewFrom.SEASON.value, "As nominated for the season"),
            (CrewFrom.NOBODY.value, "No crews yet"),
        ],
        initial=CrewFrom.LATEST.value,
    )

    def __init__(self, *args: Any, entries: Iterable[Entry], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["cars"].choices = [(entry.car_number, str(entry.team)) for entry in entries]  # type: ignore[attr-defined]


class EnterCarsMixin(TaskPages):
    """For the admin of Event: a link and the page that enters the season's cars."""

    tasks = (("enter_cars", "Enter cars", MAY_ENTER),)

    def enter_cars_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        event = self.task_row(request, object_id, MAY_ENTER)
        entries = _entries(event)
        form = EnterCarsForm(request.POST if request.method == "POST" else None, entries=entries)
        if form.is_valid():
            chosen = form.cleaned_data
            entered = enter_cars(
                event=event,
                entries=[entry for entry in entries if entry.car_number in chosen["cars"]],
                crew_from=CrewFrom(chosen["crew_from"]),
                reason=f"Entered into {event.name}",
            )
            messages.success(request, _outcome(len(entered), len(chosen["cars"])))
            return HttpResponseRedirect(request.path)
        context = {"form": form, **_choices(event, entries, form)}
        return self.task_page(request, "enter_cars", event, f"Enter cars into {event}", context)


def _outcome(entered: int, chosen: int) -> str:
    cars = f"Entered {entered} car{'' if entered == 1 else 's'}."
    return f"{cars} The others were entered already and stay as they are." if entered < chosen else cars


def _entries(event: Event) -> list[Entry]:
    """The season's entries in the order of its list."""
    rows = Entry.objects.filter(season=event.season_id).select_related("season", "race_class", "team", "car_model")
    return sorted(rows, key=lambda row: (row.race_class.position, car_number_key(row.car_number)))


def _choices(event: Event, entries: Sequence[Entry], form: EnterCarsForm) -> dict[str, Any]:
    """The season's cars by class, those that are at the event already apart; all are chosen until somebody chooses."""
    there = set(event.event_entries.values_list("entry_id", flat=True))
    chosen = set(form.data.getlist("cars")) if form.is_bound else None
    groups: dict[str, list[dict[str, Any]]] = {}
    for entry in (entry for entry in entries if entry.pk not in there):
        withdrawn = entry.status == Entry.Status.WITHDRAWN
        car = {
            "entry": entry,
            "is_withdrawn": withdrawn,
            "is_chosen": entry.car_number in chosen if chosen is not None else not withdrawn,
        }
        groups.setdefault(entry.race_class.name, []).append(car)
    return {
        "groups": groups,
        "there": [entry for entry in entries if entry.pk in there],
        "missing": sum(len(cars) for cars in groups.values()),
    }
