"""The classification of a session: the newest version that stands, or any published one."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import QueryDict

from championship.models import Classification, PolePosition, Result, Session
from championship.selectors.classification_heads import (
    SessionScope,
    Version,
    Versions,
    published_versions,
    session_scope,
)
from championship.selectors.decision_lines import DecisionLine, applied_decisions, notes_by_car
from championship.selectors.entry_filters import quoted
from championship.selectors.poles import Pole, pole, public_poles
from championship.selectors.result_lines import (
    LineFacts,
    ResultLine,
    ResultSection,
    for_lines,
    gaps_of,
    points_of,
    result_lines,
    sections,
)
from championship.selectors.session_facts import (
    Absence,
    SessionFacts,
    absence,
    find_session,
    session_facts,
    timetable_line,
)
from championship.selectors.sessions import SessionLine


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassTab:
    """One way to look at a classification: all cars (`race_class` is ""), or those of a class."""

    race_class: str
    label: str
    url: str
    is_current: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassHonours:
    """Of one class: who won, who had the fastest lap, who started first; None where nobody is on record."""

    race_class_name: str
    style_key: str
    winner: ResultLine | None
    fastest: ResultLine | None
    pole: Pole | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassificationPage:
    """A session with one version of its classification; `version` is None while none stands.

    `lines` are the cars that are shown: all, or those of `race_class`. `total` counts the cars of the version. A
    recalled version has no lines. `timetable` is filled while nothing is shown, `poles` are those of a qualifying
    session. `problems` say why a class that was asked for is not shown.
    """

    scope: SessionScope
    facts: SessionFacts
    versions: Versions
    version: Version | None
    by_version: bool
    race_class: str = ""
    tabs: tuple[ClassTab, ...] = ()
    problems: tuple[str, ...] = ()
    lines: tuple[ResultLine, ...] = ()
    total: int = 0
    honours: tuple[ClassHonours, ...] = ()
    decisions: tuple[DecisionLine, ...] = ()
    poles: tuple[Pole, ...] = ()
    timetable: SessionLine | None = None

    @property
    def is_race(self) -> bool:
        return self.facts.kind == Session.Kind.RACE

    @property
    def is_standing(self) -> bool:
        """Whether this is the version that counts."""
        standing = self.versions.standing
        return standing is not None and self.version is not None and standing.number == self.version.number

    @property
    def recalled_since(self) -> tuple[Version, ...]:
        """Versions after the one that stands, all of them recalled."""
        standing = self.versions.standing.number if self.versions.standing else 0
        return tuple(head for head in self.versions.heads if head.number > standing)

    @property
    def absence(self) -> Absence | None:
        """What to say while nothing is shown."""
        return absence(self.facts.kind, self.timetable) if self.timetable else None

    @property
    def sections(self) -> tuple[ResultSection, ...]:
        return sections(self.lines)

    @property
    def has_points(self) -> bool:
        return any(line.points for line in self.lines)

    @property
    def most_drivers(self) -> int:
        return max((len(line.crew) for line in self.lines), default=0)

    @property
    def shared_url(self) -> str:
        """The address of what is shown."""
        return self._url("") + self._query

    @property
    def csv_url(self) -> str:
        return self._url("_csv") + self._query

    @property
    def json_url(self) -> str:
        return self._url("_json") + self._query

    def _url(self, kind: str) -> str:
        if self.by_version and self.version:
            return self.scope.url(f"classification_version{kind}", self.version.number)
        return self.scope.url(f"classification{kind}")

    @property
    def _query(self) -> str:
        return f"?class={self.race_class}" if self.race_class else ""


def classification_page(*, season: str, event: str, session: str, data: QueryDict) -> ClassificationPage | None:
    """The newest version that stands, or what is known without one; None when there is no such session."""
    found = find_session(season, event, session)
    if found is None:
        return None
    versions = published_versions(found)
    if versions.standing is None:
        return _without_lines(found, versions, None)
    return _with_lines(found, versions, versions.standing, data, by_version=False)


def classification_version_page(
    *, season: str, event: str, session: str, version: int, data: QueryDict
) -> ClassificationPage | None:
    """Exactly that published version; a recalled one without its cars. None when there is none."""
    found = find_session(season, event, session)
    versions = published_versions(found) if found else None
    head = versions.head(version) if versions else None
    if found is None or versions is None or head is None:
        return None
    if head.is_recalled:
        return _without_lines(found, versions, head)
    return _with_lines(found, versions, head, data, by_version=True)


def _without_lines(session: Session, versions: Versions, recalled: Version | None) -> ClassificationPage:
    return ClassificationPage(
        scope=session_scope(session),
        facts=session_facts(session),
        versions=versions,
        version=recalled,
        by_version=recalled is not None,
        poles=tuple(pole(row) for row in _poles(session)),
        timetable=timetable_line(session) if recalled is None else None,
    )


def _with_lines(
    session: Session, versions: Versions, version: Version, data: QueryDict, *, by_version: bool
) -> ClassificationPage:
    scope = session_scope(session)
    classification = versions.row(version.number)
    rows = list(for_lines(classification.results.all()))
    decisions = applied_decisions(classification, scope)
    poles = _poles(session)
    lines = result_lines(rows, _facts(session, classification, rows, decisions, poles))
    classes = {one.slug: one.name for one in sorted({row.race_class for row in rows}, key=lambda one: one.position)}
    race_class, problems = _asked_class(data, classes)
    page_url = scope.url("classification_version", version.number) if by_version else scope.session_url
    shown = tuple(line for line in lines if not race_class or line.race_class == race_class)
    return ClassificationPage(
        scope=scope,
        facts=session_facts(session),
        versions=versions,
        version=version,
        by_version=by_version,
        race_class=race_class,
        tabs=_tabs(page_url, classes, race_class),
        problems=problems,
        lines=shown,
        total=len(lines),
        honours=_honours(shown, classes, [pole(row) for row in poles] if session.round_or_none else []),
        decisions=tuple(decision for decision in decisions if decision.car_number in {c.car_number for c in shown}),
        poles=tuple(pole(row) for row in poles) if not session.round_or_none else (),
    )


def _poles(session: Session) -> list[PolePosition]:
    """Of a race its poles, of a qualifying session those that it set."""
    if session.kind == Session.Kind.PRACTICE:
        return []
    round_ = session.round_or_none
    return list(public_poles().filter(round=round_) if round_ else public_poles().filter(round__grid_from=session))


def _facts(
    session: Session,
    classification: Classification,
    rows: Sequence[Result],
    decisions: Sequence[DecisionLine],
    poles: Sequence[PolePosition],
) -> LineFacts:
    is_race = session.kind == Session.Kind.RACE
    return LineFacts(
        gaps=gaps_of(rows, by_best_lap=not is_race),
        points=points_of(classification, session.event.season) if session.round_or_none else {},
        poles=frozenset(row.event_entry.entry.car_number for row in poles) if is_race else frozenset(),
        notes=notes_by_car(decisions),
    )


def _asked_class(data: QueryDict, classes: dict[str, str]) -> tuple[str, tuple[str, ...]]:
    """The slug of the class that is asked for, "" for all; and what is wrong with the question."""
    asked = {value.strip().casefold() for value in data.getlist("class") if value.strip()}
    if len(asked) > 1:
        return "", (f"Class takes one value, and this address gives {len(asked)}.",)
    for value in asked:
        known = next((slug for slug in classes if slug.casefold() == value), "")
        if not known:
            return "", (f"Class {quoted(value)} is not in this classification. Known here: {', '.join(classes)}.",)
        return known, ()
    return "", ()


def _tabs(page_url: str, classes: dict[str, str], race_class: str) -> tuple[ClassTab, ...]:
    overall = ClassTab(race_class="", label="Overall", url=page_url, is_current=not race_class)
    return (
        overall,
        *(
            ClassTab(race_class=slug, label=name, url=f"{page_url}?class={slug}", is_current=slug == race_class)
            for slug, name in classes.items()
        ),
    )


def _honours(lines: Sequence[ResultLine], classes: dict[str, str], poles: Sequence[Pole]) -> tuple[ClassHonours, ...]:
    first = {one.race_class: one for one in poles}
    found = []
    for slug, name in classes.items():
        members = [line for line in lines if line.race_class == slug]
        if members:
            found.append(
                ClassHonours(
                    race_class_name=name,
                    style_key=members[0].style_key,
                    winner=next((line for line in members if line.class_position == 1), None),
                    fastest=next((line for line in members if line.is_fastest), None),
                    pole=first.get(slug),
                )
            )
    return tuple(found)
