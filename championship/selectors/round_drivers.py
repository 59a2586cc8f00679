"""Who scored with which car in each race."""

from collections.abc import Collection, Iterable, Mapping

from championship.models import CrewMember, RaceClass, ResultDriver


def drivers_by_version(
    versions: Iterable[int], absent: Mapping[tuple[int, int], str], race_class: RaceClass | None = None
) -> dict[int, dict[str, str]]:
    """Of every version (by its key) the car number of each driver, by slug; only one class when it is given.

    A car's drivers are those who drove it. `absent` are cars with a score that are not in the classification, on pole,
    by version and entry: they have their crews of the event (sporting-rules 2.5), which takes a second query.
    """
    found: dict[int, dict[str, str]] = {version: {} for version in versions}
    seats = ResultDriver.objects.filter(result__classification__in=found)
    if race_class is not None:
        seats = seats.filter(result__race_class=race_class)
    for version, car_number, driver in seats.order_by().values_list(
        "result__classification_id", "result__car_number", "driver__slug"
    ):
        found[version][driver] = car_number
    for version, entry, driver in _crews({version for version, _ in absent}):
        if (version, entry) in absent:
            found[version].setdefault(driver, absent[version, entry])
    return found


def _crews(versions: Collection[int]) -> Iterable[tuple[int, int, str]]:
    """(version, entry, driver) of the crews at the events of these versions."""
    if not versions:
        return ()
    crews = CrewMember.objects.filter(
        driver__isnull=False, event_entry__event__sessions__classifications__in=versions
    ).order_by()
    return crews.values_list("event_entry__event__sessions__classifications", "event_entry__entry_id", "driver__slug")
