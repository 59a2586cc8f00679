"""Writing the whole crew of a car at once."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction

from championship.models import CrewMember, Driver, Entry, EventEntry, SeasonCrewMember, Seat
from championship.rules.crews import seat_problem


@dataclass(frozen=True, slots=True, kw_only=True)
class NewSeat:
    """A seat to write: `driver` None is a seat to be announced; `nationality` is alpha-2 or "" (neutral)."""

    seat: int
    driver: Driver | None
    rating: str
    nationality: str


def set_crew(parent: Entry | EventEntry, seats: Sequence[NewSeat], *, reason: str = "") -> None:
    """Make `seats` the crew of an entry (for the season) or of an event entry, in one transaction.

    A seat is known by its number: one that stays as it is is not written, so that its history tells real changes.
    Raises ValidationError when the seats are not 1 to n, a driver sits twice, or a seat is half known.
    """
    if problem := seat_problem([seat.seat for seat in seats]):
        raise ValidationError(problem)
    with transaction.atomic():
        before = {member.seat: member for member in parent.crew.order_by("seat")}
        for number in before.keys() - {seat.seat for seat in seats}:
            before[number]._change_reason = reason
            before[number].delete()
        changed = [seat for seat in seats if seat.seat not in before or not _sits(before[seat.seat], seat)]
        # Two drivers who swap seats would meet in the database for a moment: everybody who moves gets up first.
        moving = [before[seat.seat].pk for seat in changed if seat.seat in before]
        parent.crew.filter(pk__in=moving).update(status=Seat.Status.TO_BE_ANNOUNCED, driver=None)
        for seat in changed:
            member = before.get(seat.seat) or _new_member(parent, seat.seat)
            member.status = Seat.Status.NAMED if seat.driver else Seat.Status.TO_BE_ANNOUNCED
            member.driver, member.rating, member.nationality = seat.driver, seat.rating, seat.nationality
            member.full_clean()
            member._change_reason = reason
            member.save()


def _new_member(parent: Entry | EventEntry, seat: int) -> SeasonCrewMember | CrewMember:
    if isinstance(parent, Entry):
        return SeasonCrewMember(entry=parent, seat=seat)
    return CrewMember(event_entry=parent, seat=seat)


def _sits(member: SeasonCrewMember | CrewMember, seat: NewSeat) -> bool:
    """Whether the seat is taken already just so."""
    driver = seat.driver.pk if seat.driver else None
    return (member.driver_id, member.rating, str(member.nationality)) == (driver, seat.rating, str(seat.nationality))
