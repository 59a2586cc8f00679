"""Where each check of a publication is mended."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse

from championship import rights
from championship.admin.desk.base import desk_url
from championship.admin.desk.decisions import CHANGE
from championship.admin.desk.grid import MAY_TYPE
from championship.admin.desk.import_places import MAY_RESULTS
from championship.admin.enter_cars import MAY_ENTER
from championship.models import EventEntry, Session
from championship.rights import Person
from championship.rules.checks import Check


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedCheck:
    """A check with the address of the page that mends it, and what that page is called.

    Both are "" where there is none, or none that this person may open.
    """

    text: str
    is_stop: bool
    url: str
    link: str


def placed_checks(session: Session, checks: Iterable[Check], *, user: Person) -> list[PlacedCheck]:
    found = list(checks)
    keys = {check.key for check in found if check.place in ("car", "crew")}
    cars = EventEntry.objects.filter(event=session.event_id, entry__car_number__in=keys)
    pks = dict(cars.values_list("entry__car_number", "pk")) if keys else {}
    return [_placed(session, check, pks, user) for check in found]


def _placed(session: Session, check: Check, pks: dict[str, int], user: Person) -> PlacedCheck:
    url, link, needed = "", "", ("view_classification",)
    match check.place:
        case "line" | "draft" | "driver":
            url, link, needed = desk_url(session, "desk_grid"), "Correct the draft", (MAY_TYPE,)
        case "car" | "crew" if check.key in pks:
            url = reverse("admin:championship_evententry_change", args=[pks[check.key]])
            link, needed = f"Car {check.key} at the event", ("view_evententry",)
        case "car" | "crew":
            url = reverse("admin:championship_event_enter_cars", args=[session.event_id])
            link, needed = "Enter cars at the event", (MAY_ENTER,)
        case "import":
            url, link = desk_url(session, "desk_import_review", check.key), "The file"
            needed = MAY_RESULTS
        case "decision" if check.key:
            url, link = desk_url(session, "desk_decision", check.key), "The decision"
            needed = (CHANGE,)
        case "decision" | "version" | "protest":
            url, link = desk_url(session), "The desk"
        case _:
            pass
    if not all(rights.may(user, right, session.event) for right in needed):
        url = link = ""
    return PlacedCheck(text=check.text, is_stop=check.is_stop, url=url, link=link)
