"""Small real objects for tests. Every function saves a complete, valid row; give only what the test is about."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import count, cycle, product
from typing import Any

from django.contrib.auth.models import User

from championship.models import (
    CarModel,
    Circuit,
    CrewMember,
    Driver,
    Entry,
    EntryList,
    Event,
    EventEntry,
    Invitation,
    Manufacturer,
    Picture,
    PointsScaleLine,
    PointsSettings,
    RaceClass,
    Round,
    Season,
    SeasonCrewMember,
    Session,
    Team,
    Title,
)
from championship.services import entry_lists, pictures
from tests.picture_files import picture_file

# Names without digits and numbers of three digits, so that a test that searches for a number finds its own car only.
_words = ("".join(letters) for length in count(2) for letters in product("bcdfghjkmnprstvwz", repeat=length))
_car_numbers = (str(number) for number in cycle(range(100, 1000)))


def make_season(slug: str = "2030-31", **values: Any) -> Season:
    label = values.pop("label", slug.replace("-", "/"))
    return Season.objects.create(slug=slug, label=label, **values)


def make_race_class(season: Season, name: str = "LMP2", position: int = 1, **values: Any) -> RaceClass:
    colours = {"plate_colour": "#0B4EA2", "plate_ink": "#FFFFFF", "accent_on_dark": "#62A8FF"}
    return RaceClass.objects.create(
        season=season, slug=values.pop("slug", name.lower()), name=name, position=position, **colours | values
    )


def make_points_settings(season: Season, scale: tuple[int, ...] = (25, 18, 15), **values: Any) -> PointsSettings:
    defaults = {"pole_points": Decimal(1), "classified_share": Decimal("0.7"), "late_joiners_score": True}
    settings = PointsSettings.objects.create(season=season, **defaults | values)
    for position, points in enumerate(scale, start=1):
        PointsScaleLine.objects.create(settings=settings, position=position, points=points)
    return settings


def make_title(race_class: RaceClass, contender: str = "teams", **values: Any) -> Title:
    return Title.objects.create(race_class=race_class, contender=contender, **values)


def make_invitation(title: Title, race: str = "24 Hours of Le Mans", **values: Any) -> Invitation:
    return Invitation.objects.create(title=title, race=race, **{"year": 2031} | values)


def make_circuit(slug: str = "sepang", **values: Any) -> Circuit:
    defaults = {
        "name": f"{slug.title()} Circuit",
        "location": slug.title(),
        "country": "MY",
        "length_m": 5543,
        "turns": 15,
        "latitude": Decimal("2.76"),
        "longitude": Decimal("101.73"),
        "time_zone": "Asia/Kuala_Lumpur",
        "outline": "M 10 10 L 190 10 L 190 130 Z",
    }
    existing = Circuit.objects.filter(slug=slug).first()
    return existing or Circuit.objects.create(slug=slug, **defaults | values)


def make_event(season: Season, slug: str = "sepang", starts_on: date = date(2030, 12, 7), **values: Any) -> Event:
    circuit = values.pop("circuit", None) or make_circuit()
    defaults = {"name": f"4 Hours of {slug.title()}", "ends_on": starts_on + timedelta(days=1)}
    return Event.objects.create(season=season, slug=slug, circuit=circuit, starts_on=starts_on, **defaults | values)


def make_session(event: Event, slug: str = "race-1", kind: str = "race", **values: Any) -> Session:
    """A confirmed session at 14:00 track time of the event's first day, unless `values` say otherwise."""
    start = datetime.combine(event.starts_on, datetime.min.time(), tzinfo=event.zone).replace(hour=14)
    defaults = {
        "name": slug.replace("-", " ").capitalize(),
        "date": event.starts_on,
        "starts_at": start,
        "start_status": Session.StartStatus.CONFIRMED,
        "duration_minutes": 240,
    }
    return Session.objects.create(event=event, slug=slug, kind=kind, **defaults | values)


def make_round(event: Event, number: int = 1, **session_values: Any) -> Round:
    session = make_session(event, **{"slug": f"race-{number}"} | session_values)
    return Round.objects.create(season=event.season, event=event, number=number, race_session=session)


def make_team(slug: str = "", **values: Any) -> Team:
    slug = slug or f"team-{next(_words)}"
    return Team.objects.create(slug=slug, **{"name": slug.replace("-", " ").title(), "country": "DE"} | values)


def make_driver(slug: str = "", **values: Any) -> Driver:
    slug = slug or f"ada-driver-{next(_words)}"
    given, _, family = slug.partition("-")
    names = {"given_name": given.title(), "family_name": family.replace("-", " ").title(), "country": "FR"}
    return Driver.objects.create(slug=slug, **names | values)


def make_car_model(slug: str = "oreca-07", **values: Any) -> CarModel:
    existing = CarModel.objects.filter(slug=slug).first()
    if existing:
        return existing
    maker = values.pop("manufacturer", None)
    if maker is None:
        first = slug.split("-", maxsplit=1)[0]
        maker, _ = Manufacturer.objects.get_or_create(slug=first, defaults={"name": first.title()})
    return CarModel.objects.create(slug=slug, manufacturer=maker, **{"name": slug.title()} | values)


def make_entry(race_class: RaceClass, car_number: str = "", crew: int = 0, **values: Any) -> Entry:
    """An entry with `crew` new drivers nominated for the season, rated bronze, silver, gold ..."""
    entry = Entry.objects.create(
        season=race_class.season,
        race_class=race_class,
        car_number=car_number or next(_car_numbers),
        team=values.pop("team", None) or make_team(),
        car_model=values.pop("car_model", None) or make_car_model(),
        **values,
    )
    for seat in range(1, crew + 1):
        _seat(SeasonCrewMember, {"entry": entry}, seat)
    return entry


def make_event_entry(event: Event, entry: Entry, crew: int = 0, **values: Any) -> EventEntry:
    event_entry = EventEntry.objects.create(
        event=event, entry=entry, car_model=values.pop("car_model", None) or entry.car_model, **values
    )
    for seat in range(1, crew + 1):
        _seat(CrewMember, {"event_entry": event_entry}, seat)
    return event_entry


def _seat(model: Any, parent: dict[str, Any], seat: int) -> None:
    driver = make_driver()
    rating = ("bronze", "silver", "gold", "platinum")[(seat - 1) % 4]
    model.objects.create(**parent, seat=seat, driver=driver, rating=rating, nationality=driver.country)


def publish_list(season: Season, event: Event | None = None, *, at: datetime | None = None) -> EntryList:
    """Publish what is entered now as the next revision, at `at` (default: a month before the factories' events)."""
    now = entry_lists.preview(season=season, event=event)
    return entry_lists.freeze(
        season=season,
        event=event,
        revision=now.revision,
        status=EntryList.Status.PROVISIONAL,
        published_at=at or datetime(2030, 11, 1, 12, tzinfo=UTC),
        published_precision=EntryList.Precision.MINUTE,
        note="",
        source="",
        lines=now.lines,
    )


def make_user(username: str = "official", **values: Any) -> User:
    """A staff account without any right of its own."""
    return User.objects.create_user(username, password="correct horse battery staple", is_staff=True, **values)


def make_picture(*, shade: int = 0, size: tuple[int, int] = (160, 120), **values: Any) -> Picture:
    """A small picture with its files; another `shade` or size is another file."""
    words = {"title": "Start of the race", "alt": "Cars at the start", "credit": "A. Photographer", "licence": "own"}
    return pictures.add(picture_file("PNG", size, shade), **words | values)
