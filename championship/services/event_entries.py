"""Entering cars of the season into one of its events."""

from collections.abc import Iterable, Sequence
from enum import StrEnum

from django.core.exceptions import ValidationError
from django.db import transaction

from championship.models import CrewMember, Entry, Event, EventEntry, SeasonCrewMember
from championship.services import consequences
from championship.services.crews import NewSeat, set_crew
from championship.services.saving import save


class CrewFrom(StrEnum):
    """Where the crew of a car that enters an event is taken from."""

    LATEST = "latest"
    """The car's latest earlier event, else the season's nomination."""
    SEASON = "season"
    NOBODY = "nobody"


def enter_cars(
    *, event: Event, entries: Sequence[Entry], crew_from: CrewFrom = CrewFrom.LATEST, reason: str = ""
) -> list[EventEntry]:
    """Enter these cars into the event with a crew, in one transaction; returns those that were not entered before.

    A car that is entered already stays as it is, so that doing it twice changes nothing. Raises ValidationError when
    an entry belongs to another season.
    """
    with transaction.atomic():
        # The lock: of two officials who enter the same car, the second finds it entered.
        Event.objects.select_for_update().get(pk=event.pk)
        if strangers := [str(entry) for entry in entries if entry.season_id != event.season_id]:
            raise ValidationError(f"Not entries of the season {event.season.label}: {', '.join(strangers)}.")
        there = set(event.event_entries.values_list("entry_id", flat=True))
        missing = [entry for entry in entries if entry.pk not in there]
        crews = _crews(event, missing, crew_from)
        entered = []
        for entry in missing:
            new = save(EventEntry(event=event, entry=entry, car_model=entry.car_model), reason=reason)
            set_crew(new, crews.get(entry.pk, []), reason=reason)
            entered.append(new)
        if entered:
            consequences.follow(event, done="has more cars")
    return entered


def _crews(event: Event, entries: Sequence[Entry], crew_from: CrewFrom) -> dict[int, list[NewSeat]]:
    """The crew of each entry, by the entry's id; an entry without one is left out."""
    if crew_from == CrewFrom.NOBODY:
        return {}
    wanted = [entry.pk for entry in entries]
    season = SeasonCrewMember.objects.filter(entry__in=wanted).select_related("driver").order_by("entry", "seat")
    crews = _grouped((member.entry_id, member) for member in season)
    if crew_from == CrewFrom.LATEST:
        earlier = (
            EventEntry.objects.filter(entry__in=wanted, event__starts_on__lt=event.starts_on, crew__isnull=False)
            .distinct()
            .order_by("event__starts_on", "event__slug")
        )
        latest = dict(earlier.values_list("entry_id", "pk"))
        members = CrewMember.objects.filter(event_entry__in=latest.values()).select_related("driver", "event_entry")
        crews |= _grouped((member.event_entry.entry_id, member) for member in members.order_by("event_entry", "seat"))
    return crews


def _grouped(members: Iterable[tuple[int, SeasonCrewMember | CrewMember]]) -> dict[int, list[NewSeat]]:
    crews: dict[int, list[NewSeat]] = {}
    for entry, member in members:
        seat = NewSeat(
            seat=member.seat, driver=member.driver, rating=member.rating, nationality=str(member.nationality)
        )
        crews.setdefault(entry, []).append(seat)
    return crews
