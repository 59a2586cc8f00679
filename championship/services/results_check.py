"""Whether everything that follows from the results still fits together: what each sentence finds must never happen."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from championship.models import Classification, ClassificationState, EventEntry, Result, Round, Score, Season, Title
from championship.models import StandingList as List
from championship.rules.classifications import is_classified
from championship.services import scores, standings
from championship.services.standings import Key, Table


def findings(season: Season) -> list[str]:
    """Everything that is wrong with the results and tables of a season, one sentence each; empty when all is well."""
    versions = list(
        Classification.objects.filter(session__event__season=season)
        .select_related("session__event", "state")
        .order_by("session__event__starts_on", "session", "version")
    )
    rows: dict[int, list[Result]] = defaultdict(list)
    for row in (
        Result.objects.filter(classification__in=versions)
        .select_related("race_class", "event_entry")
        .order_by("classification", "position")
    ):
        rows[row.classification_id].append(row)
    found: list[str] = []
    for version in versions:
        found += _in_version(version, rows[version.pk])
        found += _in_signatures(version, _state(version))
    found += _in_chains(versions)
    found += _in_scores(season, {version.pk: version for version in versions})
    found += _in_tables(season)
    return found


def _in_version(version: Classification, rows: Sequence[Result]) -> Iterator[str]:
    if version.version > 1 and not version.cause.strip():
        yield f"{version}: no cause is given for another version."
    if not rows:
        yield f"{version}: there is no car in it."
    if [row.position for row in rows] != list(range(1, len(rows) + 1)):
        yield f"{version}: the positions are not 1 to {len(rows)}, but {_listed(row.position for row in rows)}."
    places: dict[str, list[int]] = defaultdict(list)
    for row in rows:
        if row.class_position is not None:
            places[row.race_class.name].append(row.class_position)
        if is_classified(row.status) != (row.class_position is not None):
            has = "no place" if row.class_position is None else f"place {row.class_position}"
            yield f"{version}: car {row.car_number} is “{row.status}” and has {has} in its class."
        if row.class_position is not None and row.event_entry.status == EventEntry.Status.WITHDRAWN:
            yield f"{version}: car {row.car_number} is classified, but withdrawn from the event."
    for race_class, of_class in places.items():
        if of_class != list(range(1, len(of_class) + 1)):
            yield f"{version}: the places in {race_class} are not 1 to {len(of_class)}, but {_listed(of_class)}."


def _in_chains(versions: Iterable[Classification]) -> Iterator[str]:
    """Numbers of versions, and which of them stands."""
    chains: dict[int, list[Classification]] = defaultdict(list)
    for version in versions:
        chains[version.session_id].append(version)
    for chain in chains.values():
        session = chain[0].session
        numbers = [version.version for version in chain]
        if numbers != list(range(1, len(chain) + 1)):
            yield f"{session}: the versions are not 1 to {len(chain)}, but {_listed(numbers)}."
        states = {version.version: _state(version) for version in chain}
        yield from (f"{session}: v{number} has no state." for number, state in states.items() if state is None)
        standing = [number for number, state in states.items() if state and state.is_current]
        valid = [number for number, state in states.items() if state and state.recalled_at is None]
        if standing != valid[-1:]:
            yield f"{session}: {_versions(standing)} current; it should be {_versions(valid[-1:])}."


def _in_signatures(version: Classification, state: ClassificationState | None) -> Iterator[str]:
    """Two people stand behind a version; the database cannot compare the second signature with the author's."""
    if state and state.countersigned_by_id is not None and state.countersigned_by_id == version.author_id:
        yield f"{version}: it is countersigned by its own author."


def _state(version: Classification) -> ClassificationState | None:
    return getattr(version, "state", None)


def _in_scores(season: Season, versions: dict[int, Classification]) -> Iterator[str]:
    stored: dict[int, dict[int, Score]] = defaultdict(dict)
    for score in Score.objects.filter(classification__in=versions).select_related("entry"):
        stored[score.classification_id][score.entry_id] = score
    for pk, wanted in scores.computed(season).items():
        own = {score.entry_id: score for score in wanted}
        cars = {entry: score.entry.car_number for entry, score in (stored[pk] | own).items()}
        for entry, number in cars.items():
            is_, should = stored[pk].get(entry), own.get(entry)
            if is_ is None or should is None or scores.figures(is_) != scores.figures(should):
                yield f"{versions[pk]}: car {number} has {_score(is_)}; the settings give {_score(should)}."


def _score(score: Score | None) -> str:
    if score is None:
        return "no score"
    place = "no scoring position" if score.scoring_position is None else f"scoring position {score.scoring_position}"
    return (
        f"{score.points.normalize():f} points ({place}: {score.scale_points.normalize():f} x "
        f"{score.factor.normalize():f}, pole {score.pole_points.normalize():f})"
    )


def _in_tables(season: Season) -> Iterator[str]:
    titles = {title.pk: title for title in Title.objects.of_season(season)}
    rounds = {round_.pk: round_.number for round_ in Round.objects.filter(season=season)}
    stored, wanted = standings.stored(season), standings.computed(season)
    for key in sorted(stored.keys() | wanted.keys(), key=lambda key: (key[0], rounds[key[1]], key[2])):
        title, round_, basis = key
        name = f"{titles[title].name} after round {rounds[round_]}, {List.Basis(basis).label.lower()}"
        yield from (f"{name}: {problem}" for problem in _in_table(key, stored, wanted))


def _in_table(key: Key, stored: dict[Key, Table], wanted: dict[Key, Table]) -> Iterator[str]:
    if key not in wanted:
        if not stored[key].is_void:
            yield "the round does not count, but the table is not void."
        return
    if key not in stored:
        yield "there is no table."
        return
    is_, should = stored[key], wanted[key]
    if is_.is_void or is_.title_state != should.title_state:
        yield f"the title is “{_title_state(is_)}”; it should be “{_title_state(should)}”."
    own, others = _by_contender(is_), _by_contender(should)
    if own.keys() != others.keys():
        yield f"it has {len(own)} contenders, {len(others)} have scores."
    points = [contender for contender in own.keys() & others.keys() if own[contender][4] != others[contender][4]]
    for contender in points:
        yield (
            f"line {own[contender][2]} has {own[contender][4]:f} points, "
            f"the sum of its scores is {others[contender][4]:f}."
        )
    if own.keys() == others.keys() and not points and is_.lines != should.lines:
        yield "its lines are not those of a fresh computation."


def _title_state(table: Table) -> str:
    return "void" if table.is_void else List.TitleState(table.title_state).label.lower()


def _by_contender(table: Table) -> dict[object, tuple[object, ...]]:
    return {(line[0], line[1]): line for line in table.lines}


def _listed(numbers: Iterable[int]) -> str:
    return ", ".join(str(number) for number in numbers) or "none"


def _versions(numbers: Sequence[int]) -> str:
    return " and ".join(f"v{number}" for number in numbers) or "none"
