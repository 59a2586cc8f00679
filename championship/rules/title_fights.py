"""Title fights: who is champion, who can still be, and what the leader needs at the next round.

All answers follow from best and worst cases, never from listing outcomes. A contender's best case is to win every
remaining round from pole; the worst is to score nothing. A total, count-back included, never falls when one result
gets better, so the two cases decide; that holds with dropped scores too, and nothing here is an estimate. What is
taken for granted stands in sporting-rules 4.2: the scale never rises from a place to the next, the cars still
in the fight are those of the table, and drivers who shared all results go on together. Who is barred from a round on
gains nothing in it and in those after it.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from championship.rules.points import ZERO, PointsRules
from championship.rules.standings import ContenderScore, TableAdjustment, TableLine, TableRules, history
from championship.rules.title_cases import Future, Group, Merit


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """How contenders that share everything stand in the fight.

    `contenders` is one car, or the drivers who had the same results in the same car in every round. `best_points` is
    the most that they can still reach. `short_by` says how many points even that lacks; 0 when they can still win,
    and when count-back alone shuts them out. `position` is None when they are excluded.
    """

    contenders: tuple[str, ...]
    position: int | None
    points: Decimal
    best_points: Decimal
    can_win: bool
    short_by: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class RivalLimit:
    """How far forward a rival may come: in `place` or worse it does no harm, from pole in `place_with_pole` or worse.

    1 says that any place will do, as `place_with_pole` does where the leader has the pole. `place_with_pole` is None
    when the rival must not be on pole at all, and equals `place` in a season without pole points.
    """

    contenders: tuple[str, ...]
    place: int
    place_with_pole: int | None

    @property
    def is_none(self) -> bool:
        return self.place == 1 and self.place_with_pole == 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """With `place` or better at the next round the leader is champion if every rival keeps to its limit.

    `with_pole` tells a leader on pole from one who is not. Rivals that can do nothing have no limit here: none at all
    says that the place is enough whatever the others do.
    """

    place: int
    with_pole: bool
    limits: tuple[RivalLimit, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaderNeeds:
    """What decides the title for a leader at the next round: `rows` by place, best first, without the pole before with.

    No rows: the next round cannot decide it. A row for a worse place asks more of the rivals. Rows with the pole are
    there only in a season that gives points for it.
    """

    contenders: tuple[str, ...]
    rows: tuple[Need, ...]

    @property
    def place(self) -> int | None:
        """The worst place that is enough without the pole, whatever the others do; None when no place is."""
        return self._enough(with_pole=False)

    @property
    def place_with_pole(self) -> int | None:
        """The same for a leader on pole."""
        return self._enough(with_pole=any(row.with_pole for row in self.rows))

    def _enough(self, *, with_pole: bool) -> int | None:
        places = [row.place for row in self.rows if row.with_pole == with_pole and not row.limits]
        return max(places, default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class TitleFight:
    """The fight for one title after a round.

    `champions` is empty while the title is open. `clinched_after` is the round since which it has been decided for
    them. `not_classified` is the number that stands for “not classified” among the places of `needs`: one more than
    the places reckoned with. `needs` has an entry per leader, more than one only in a dead heat; none once decided.
    """

    state: Literal["open", "decided"]
    champions: tuple[str, ...]
    clinched_after: int | None
    remaining: int
    not_classified: int
    groups: tuple[Outlook, ...]
    needs: tuple[LeaderNeeds, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rival:
    """A rival of the leader. `merits` are, by pole or not, the best cases for each place at the next round."""

    group: Group
    in_leaders_car: bool
    merits: Mapping[bool, Sequence[Merit]]

    def limit(self, number: int, own: Merit, later: int, *, with_pole: bool) -> RivalLimit | None:
        """What the leader in place `number` needs of this rival; None when nothing will do."""
        if self.in_leaders_car:
            first = self._harmless(own, later, pole=with_pole)
            return RivalLimit(contenders=self.group.contenders, place=1, place_with_pole=1) if first <= number else None
        without = self._open_to(number, own, later, pole=False)
        if without is None:
            return None
        on_pole = 1 if with_pole else self._open_to(number, own, later, pole=max(self.merits))
        return RivalLimit(contenders=self.group.contenders, place=without, place_with_pole=on_pole)

    def _open_to(self, number: int, own: Merit, later: int, *, pole: bool) -> int | None:
        first = self._harmless(own, later, pole=pole)
        not_classified = len(self.merits[pole])
        if first > not_classified:
            return None
        # The leader's own place is not open to a rival: where only that one does harm, nothing needs to be asked.
        return number if first == number + 1 else first

    def _harmless(self, own: Merit, later: int, *, pole: bool) -> int:
        """The best place, counted from 1, that leaves the leader champion. In the last round a dead heat does."""
        return (bisect_right if later else bisect_left)(self.merits[pole], own) + 1


def fight(
    scores: Iterable[ContenderScore],
    adjustments: Iterable[TableAdjustment],
    rules: TableRules,
    points: PointsRules,
    *,
    after: int,
    remaining: Sequence[int],
    share_cars: bool,
    barred: Mapping[str, int],
) -> TitleFight:
    """The fight for a title after round `after`, with the rounds `remaining` to be held (sporting-rules 4.1 to 4.6).

    `scores` are those of the title's contenders. `share_cars` is for drivers' titles: drivers with the same results
    in the same car are one group. `barred` gives the round from which a contender scores no more; what it has stays.
    """
    known = [score for score in scores if score.round <= after]
    held = sorted({score.round for score in known})
    tables = history(known, adjustments, rules, sorted({*held, after}))
    future = Future(rules=rules, points=points, remaining=remaining, barred=barred)
    groups = _groups(tables[after], known, future, share_cars=share_cars)
    outlooks = _outlooks(groups, future)
    winners = _champions(groups, outlooks)
    since = None
    for number in reversed(held if winners else []):
        left = sorted([*(later for later in held if later > number), *remaining])
        lines = tables[after] if number == held[-1] else tables[number]
        then = champions(
            lines, known, rules, points, after=number, remaining=left, share_cars=share_cars, barred=barred
        )
        if set(then) != set(winners):
            break
        since = number
    places = max([len(points.scale), len(groups), *(score.place or 0 for score in known)])
    rivals = [group for group, outlook in zip(groups, outlooks, strict=True) if outlook.can_win]
    leaders = [] if winners else [group for group in rivals if group.line.position == 1]
    return TitleFight(
        state="decided" if winners else "open",
        champions=winners,
        clinched_after=since,
        remaining=len(remaining),
        not_classified=places + 1,
        groups=outlooks,
        needs=tuple(_leader_needs(leader, rivals, future, places, share_cars=share_cars) for leader in leaders),
    )


def champions(
    lines: Sequence[TableLine],
    scores: Iterable[ContenderScore],
    rules: TableRules,
    points: PointsRules,
    *,
    after: int,
    remaining: Sequence[int],
    share_cars: bool,
    barred: Mapping[str, int],
) -> tuple[str, ...]:
    """Who has won the title whatever still happens, by the table (`lines`) after round `after`; empty while it is open.

    Several when drivers shared all results, or in a dead heat after the last round (sporting-rules 4.3). The other
    arguments are those of `fight`; later scores are left out.
    """
    future = Future(rules=rules, points=points, remaining=remaining, barred=barred)
    chasing = next((line for line in lines if line.position not in {1, None}), None)
    # Without dropped scores the order of the best cases is that of the table: the first one behind can tell enough.
    if (
        chasing
        and remaining
        and not rules.dropped_scores
        and future.best(_alone(chasing, future)) <= future.merit(_alone(lines[0], future))
    ):
        return ()
    known = [score for score in scores if score.round <= after]
    groups = _groups(lines, known, future, share_cars=share_cars)
    return _champions(groups, _outlooks(groups, future))


def _alone(line: TableLine, future: Future) -> Group:
    to_come = future.to_come(line.contender)
    return Group(contenders=(line.contender,), line=line, results=(), counted=line.points, last_car="", to_come=to_come)


def _groups(
    lines: Sequence[TableLine], scores: Sequence[ContenderScore], future: Future, *, share_cars: bool
) -> list[Group]:
    """The contenders in the order of the table, those that share everything together (sporting-rules 4.2)."""
    held = sorted({score.round for score in scores})
    own: dict[str, list[ContenderScore]] = {line.contender: [] for line in lines}
    for score in scores:
        own[score.contender].append(score)
    found: dict[object, Group] = {}
    for line in lines:
        results = dict.fromkeys(held, ZERO)
        for score in own[line.contender]:
            results[score.round] += score.points
        shared = frozenset((score.round, _car(score), score.points) for score in own[line.contender])
        to_come = future.to_come(line.contender)
        key = (line.position, line.points, shared, to_come) if share_cars and shared else line.contender
        before = found.get(key)
        found[key] = Group(
            contenders=(*(before.contenders if before else ()), line.contender),
            line=line,
            results=tuple(results.values()),
            counted=sum((won for number, won in results.items() if number not in line.dropped_rounds), ZERO),
            last_car=next((_car(score) for score in own[line.contender] if score.round == held[-1]), ""),
            to_come=to_come,
        )
    return list(found.values())


def _car(score: ContenderScore) -> str:
    """What tells the cars of a round apart: the number, or else the place, which no two cars of a class share."""
    return score.car_number or (f"place {score.place}" if score.place is not None else "")


def _outlooks(groups: Sequence[Group], future: Future) -> tuple[Outlook, ...]:
    """Each group's best case against the worst cases of all (sporting-rules 4.2)."""
    in_it = [group for group in groups if group.line.position is not None]
    to_beat = min((future.merit(group) for group in in_it), default=(ZERO, ()))
    found = []
    for group in groups:
        best = future.best(group)
        is_excluded = group.line.position is None
        can_win = not is_excluded and best <= to_beat
        found.append(
            Outlook(
                contenders=group.contenders,
                position=group.line.position,
                points=group.line.points,
                best_points=-best[0],
                can_win=can_win,
                short_by=ZERO if can_win or is_excluded else best[0] - to_beat[0],
            )
        )
    return tuple(found)


def _champions(groups: Iterable[Group], outlooks: Iterable[Outlook]) -> tuple[str, ...]:
    """The contenders of the only group that can win, or of all that share the first place and score no more."""
    winners = [group for group, outlook in zip(groups, outlooks, strict=True) if outlook.can_win]
    if len(winners) > 1 and any(any(group.to_come) for group in winners):
        return ()
    return tuple(contender for group in winners for contender in group.contenders)


def _leader_needs(
    leader: Group, groups: Sequence[Group], future: Future, places: int, *, share_cars: bool
) -> LeaderNeeds:
    """Each place of the leader at the next round against all that a rival can do then and later (4.5)."""
    everywhere: list[int | None] = [*range(1, places + 1), None]
    with_points = (False, True) if future.points.pole_points else (False,)
    later = len(future.remaining) - 1
    # A leader who does not score in the next round takes no place from anybody there.
    own_poles = with_points if leader.scores_next else (False,)
    own_places = list(enumerate(everywhere, start=1))[0 if leader.scores_next else places :]
    rivals = [
        _Rival(
            group=group,
            in_leaders_car=share_cars and group.last_car == leader.last_car != "",
            merits={
                pole: [future.after_next(group, place, pole=pole, wins=sum(group.to_come[1:])) for place in everywhere]
                for pole in with_points
            },
        )
        for group in groups
        if group is not leader
    ]
    rows: list[Need] = []
    for with_pole in own_poles:
        found: list[Need] = []
        for number, place in own_places:
            own = future.after_next(leader, place, pole=with_pole)
            limits = [rival.limit(number, own, later, with_pole=with_pole) for rival in rivals]
            if None in limits:
                break
            asked = tuple(limit for limit in limits if limit and not limit.is_none)
            if found and found[-1].limits == asked:
                found.pop()
            found.append(Need(place=number, with_pole=with_pole, limits=asked))
        rows += found
    return LeaderNeeds(contenders=leader.contenders, rows=tuple(rows))
