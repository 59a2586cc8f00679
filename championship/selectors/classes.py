"""The classes of a season: their colours, and which cars race in each."""

from dataclasses import dataclass
from itertools import groupby

from django.db.models import QuerySet
from django.urls import reverse

from championship.models import EntryList, EntryListLine, RaceClass, Season
from championship.rules.names import car_number_key
from championship.selectors.entry_lines import NOT_COUNTED
from championship.selectors.text import counted


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassColours:
    """Colours (`#RRGGBB`) of one class of one season, and the CSS class that they are for."""

    style_key: str
    plate_colour: str
    plate_ink: str
    accent_on_dark: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Plate:
    """A car by its number."""

    car_number: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassField:
    """Cars of one class, by number."""

    race_class: str
    race_class_name: str
    style_key: str
    cars: tuple[Plate, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EntrySummary:
    """A published entry list in short, without cars that are withdrawn or not admitted."""

    status: str
    status_label: str
    classes: tuple[ClassField, ...]

    @property
    def state(self) -> str:
        """The pill of the status; an amended list is as firm as the final one that it amends."""
        return EntryList.Status.FINAL.value if self.status == EntryList.Status.AMENDED else self.status

    @property
    def total(self) -> int:
        return sum(len(row.cars) for row in self.classes)

    @property
    def sentence(self) -> str:
        """`39 cars: 11 LMP2, 5 LMP3, 23 GT`."""
        parts = ", ".join(f"{len(row.cars)} {row.race_class_name}" for row in self.classes)
        return counted(self.total, "car") + (f": {parts}" if parts else "")


def class_colours() -> tuple[ClassColours, ...]:
    """The colours of every class of every season, in a fixed order."""
    return tuple(
        ClassColours(
            style_key=row.style_key,
            plate_colour=row.plate_colour,
            plate_ink=row.plate_ink,
            accent_on_dark=row.accent_on_dark,
        )
        for row in RaceClass.objects.select_related("season")
    )


def entry_summary(entry_list: EntryList) -> EntrySummary:
    """The cars of a published list, by class, in one query. Fetch the list with its season."""
    return EntrySummary(
        status=entry_list.status,
        status_label=entry_list.get_status_display(),
        classes=_fields(entry_list.season, entry_list.lines.exclude(status__in=NOT_COUNTED)),
    )


def joined_later(entry_list: EntryList) -> tuple[ClassField, ...]:
    """Cars that events list by now and this list of their season does not, by class, in one query."""
    lines = EntryListLine.objects.on_newest_lists().filter(
        entry_list__season=entry_list.season, entry_list__event__isnull=False
    )
    return _fields(
        entry_list.season,
        lines.exclude(status__in=NOT_COUNTED).exclude(entry__in=entry_list.lines.order_by().values("entry")),
    )


def _fields(season: Season, lines: QuerySet[EntryListLine]) -> tuple[ClassField, ...]:
    cars = set(lines.values_list("race_class__position", "race_class__slug", "race_class__name", "car_number"))
    rows = sorted(cars, key=lambda row: (row[0], car_number_key(row[3])))
    return tuple(
        ClassField(
            race_class=slug,
            race_class_name=name,
            style_key=f"rc-{season.slug}-{slug}",
            cars=tuple(Plate(car_number=row[3], url=reverse("entry", args=[season.slug, row[3]])) for row in group),
        )
        for (_, slug, name), group in groupby(rows, key=lambda row: row[:3])
    )
