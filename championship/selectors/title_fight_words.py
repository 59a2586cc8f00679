"""A title fight in sentences and rows: the structure comes from rules.title_fights, the words from here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from championship.rules.title_fights import LeaderNeeds, Need, Outlook, RivalLimit, TitleFight
from championship.selectors.standing_contenders import Contender, mentions, points_text
from championship.selectors.standing_rounds import RoundHead
from championship.selectors.standing_words import Placed, full_mention, title_sentence
from championship.selectors.text import counted, ordinal, series

# More contenders than this are counted, not named.
MOST_NAMED = 6
Contenders = Mapping[str, Contender]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rival:
    """Contenders who share everything and can still win; `behind` is "" for the leader."""

    contenders: tuple[Contender, ...]
    position: int | None
    points: str
    behind: str
    best_points: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedRow:
    """With this `result` of the leader, `limits` say what each rival must not exceed, in the order of the rivals."""

    result: str
    limits: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Needs:
    """What decides the title for a leader at the next round, as a table."""

    leader: str
    round_name: str
    rivals: tuple[str, ...]
    rows: tuple[NeedRow, ...]


def verdict(result: TitleFight, contenders: Contenders, state: str) -> str:
    """Who has won, or who leads, and by how much. `state` is that of the published table."""
    return title_sentence(_placed(result.groups, contenders), state) or "Every contender is excluded."


def outlook_sentences(
    result: TitleFight, contenders: Contenders, rounds: Mapping[int, RoundHead], following: RoundHead | None
) -> tuple[str, ...]:
    """When it was decided; or who can still win, and what the leader needs at the next round."""
    if result.state == "decided":
        return _decided(result, rounds)
    alive = [group for group in result.groups if group.can_win]
    if not alive:
        return ()
    said = [_alive(alive, contenders)]
    if following is not None:
        for leader in result.needs:
            said += _leader(leader, result, contenders, following)
    return tuple(said)


def rivals_of(result: TitleFight, contenders: Contenders) -> tuple[Rival, ...]:
    """Those who can still win, in the order of the table."""
    most = max((group.points for group in result.groups if group.position is not None), default=Decimal(0))
    return tuple(
        Rival(
            contenders=_who(group.contenders, contenders),
            position=group.position,
            points=points_text(group.points),
            behind=points_text(group.points - most) if group.points != most else "",
            best_points=points_text(group.best_points),
        )
        for group in result.groups
        if group.can_win
    )


def needs_of(result: TitleFight, contenders: Contenders, following: RoundHead) -> tuple[Needs, ...]:
    """The tables of what each leader needs; none where no result at the next round decides the title."""
    return tuple(_needs(leader, result, contenders, following) for leader in result.needs if leader.rows)


def _who(keys: Sequence[str], contenders: Contenders) -> tuple[Contender, ...]:
    return tuple(contenders[key] for key in keys)


def _placed(groups: Sequence[Outlook], contenders: Contenders) -> tuple[Placed, ...]:
    """The places from the top; groups that share one stand together."""
    found: dict[int, Placed] = {}
    for group in groups:
        if group.position is not None:
            before = found[group.position].contenders if group.position in found else ()
            who = (*before, *_who(group.contenders, contenders))
            found[group.position] = Placed(contenders=who, points=group.points)
    return tuple(found.values())


def _decided(result: TitleFight, rounds: Mapping[int, RoundHead]) -> tuple[str, ...]:
    if result.clinched_after is None:
        return ()
    head = rounds[result.clinched_after]
    left = sum(1 for one in rounds.values() if one.number > head.number and one.state != "cancelled")
    if not left:
        return (f"It was decided in the last round: {head.name}.",)
    return (f"It was decided after round {head.number}, {head.name}, with {counted(left, 'round')} to go.",)


def _alive(alive: Sequence[Outlook], contenders: Contenders) -> str:
    if sum(len(group.contenders) for group in alive) > MOST_NAMED:
        noun = "crews or drivers" if contenders[alive[0].contenders[0]].is_driver else "cars"
        return f"{len(alive)} {noun} can still win the title."
    names = [f"{mentions(_who(group.contenders, contenders))} ({points_text(group.points)})" for group in alive]
    text = series(names)
    return f"{text[:1].upper()}{text[1:]} can still win the title; nobody else can."


def _leader(needs: LeaderNeeds, result: TitleFight, contenders: Contenders, following: RoundHead) -> list[str]:
    """What the leader needs at the next round, whatever the others do."""
    first = _who(needs.contenders, contenders)
    many = len(first) > 1
    if not needs.rows:
        return [f"No result at {following.name} can decide the title for {mentions(first)} yet."]
    place, on_pole = needs.place, needs.place_with_pole
    champions = "are champions" if many else "is champion"
    said = []
    if place is not None:
        said.append(f"{full_mention(first)} {champions} with {_result(place, result)} at {following.name}.")
    else:
        said.append(f"No place at {following.name} is enough for {mentions(first)} without help from the others.")
    if on_pole is not None and on_pole != place:
        said.append(f"From pole position {_result(on_pole, result)} is enough.")
    with_help = next((row for row in needs.rows if row.limits and not row.with_pole), None)
    if with_help is not None:
        others = [f"{mentions(_who(one.contenders, contenders))} {_must(one, result)}" for one in with_help.limits]
        said.append(f"With {_result(with_help.place, result)} it is enough that {series(others)}.")
    return said


def _needs(needs: LeaderNeeds, result: TitleFight, contenders: Contenders, following: RoundHead) -> Needs:
    rivals = list(dict.fromkeys(limit.contenders for row in needs.rows for limit in row.limits))
    return Needs(
        leader=mentions(_who(needs.contenders, contenders)),
        round_name=following.name,
        rivals=tuple(mentions(_who(keys, contenders)) for keys in rivals),
        rows=tuple(_row(row, rivals, result) for row in needs.rows),
    )


def _row(row: Need, rivals: Sequence[tuple[str, ...]], result: TitleFight) -> NeedRow:
    limits = {limit.contenders: limit for limit in row.limits}
    own = _result(row.place, result)
    return NeedRow(
        result=f"{own}, from pole" if row.with_pole else own,
        limits=tuple(_limit(limits.get(keys), result, is_from_pole=row.with_pole) for keys in rivals),
    )


def _result(place: int, result: TitleFight) -> str:
    """`2nd place in class or better`."""
    if place >= result.not_classified:
        return "any result, even not classified"
    return "a win in class" if place == 1 else f"{ordinal(place)} place in class or better"


def _limit(limit: RivalLimit | None, result: TitleFight, *, is_from_pole: bool) -> str:
    """How far forward a rival may be, for a cell; `is_from_pole`: the leader has the pole, so that no rival has."""
    if limit is None or limit.is_none:
        return "any result"
    text = _at_best(limit.place, result)
    if is_from_pole or limit.place_with_pole == limit.place:
        return text
    if limit.place_with_pole is None:
        return f"{text}, and not from pole"
    return f"{text}; from pole {_at_best(limit.place_with_pole, result)}"


def _at_best(place: int, result: TitleFight) -> str:
    if place >= result.not_classified:
        return "not classified"
    return "any place" if place == 1 else f"{ordinal(place)} at best"


def _must(limit: RivalLimit, result: TitleFight) -> str:
    """The same as the end of a sentence: `does not win`, `does not win and is not better than 3rd from pole`."""
    many = len(limit.contenders) > 1
    without = _not_better(limit.place, result, many=many)
    if limit.place_with_pole == limit.place:
        return without
    on_pole = f"{'are' if many else 'is'} not on pole"
    if limit.place_with_pole is not None:
        on_pole = f"{_not_better(limit.place_with_pole, result, many=many)} from pole"
    return on_pole if limit.place == 1 else f"{without} and {on_pole}"


def _not_better(place: int, result: TitleFight, *, many: bool) -> str:
    if place == 2:
        return "do not win" if many else "does not win"
    rest = "classified" if place >= result.not_classified else f"better than {ordinal(place)}"
    return f"{'are' if many else 'is'} not {rest}"
