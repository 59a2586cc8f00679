"""What a publication changes, in the words that stand on its button."""

from collections.abc import Iterable, Sequence

from championship.rules.consequences import AWARDED, CLINCHED, OPEN, SUBJECT, Consequence, TitleChange
from championship.rules.text import counted, series, spans

# More titles than this are counted, not named.
MOST_NAMED = 2
# More places than this are counted: a button is no list.
MOST_PLACES = 6
DONE = {
    CLINCHED: "decides {titles} early",
    SUBJECT: "decides {titles}, subject to official results",
    AWARDED: "awards {titles}",
}


def button_text(*, status: str, version: int, document: int | None, found: Consequence | None) -> str:
    """What pressing the button does: `Publish as provisional v2, document 84: changes GT places 1 and 2, ...`.

    `document` is the number that the list gets, None where it gets none; `found` is None while nobody knows.
    """
    head = f"Publish as {status} v{version}{'' if document is None else f', document {document}'}"
    return f"{head}: {in_a_sentence(found)}" if found else head


def in_a_sentence(found: Consequence) -> str:
    """What happens, to stand behind what is done; without a capital letter and without a full stop, never empty."""
    changed = [text for text in (_places(found), _points(found), _leaders(found)) if text]
    parts = []
    if found.is_first and found.cars:
        parts.append(f"puts {counted(found.cars, 'car')} online")
    elif found.places and not found.cars:
        parts.append("takes the list offline")
    if changed:
        parts.append(f"changes {', '.join(changed)}")
    return "; ".join([*parts, *_states(found.titles)]) or "changes no place, no points and no title"


def _places(found: Consequence) -> str:
    """`GT places 1 and 2`; "" where a list comes or goes as a whole."""
    if found.is_first or not found.cars:
        return ""
    texts = []
    by_class: dict[str, set[int]] = {}
    for change in found.places:
        before, after = (car.class_position if car else None for car in (change.before, change.after))
        if before != after:
            by_class.setdefault(change.car.race_class, set()).update(place for place in (before, after) if place)
    for race_class, places in by_class.items():
        if len(places) > MOST_PLACES:
            texts.append(f"{len(places)} {race_class} places")
        else:
            texts.append(f"{race_class} {'place' if len(places) == 1 else 'places'} {series(spans(places))}")
    if found.places and not texts:
        numbers = [change.car.car_number for change in found.places]
        texts.append(f"the {'line' if len(numbers) == 1 else 'lines'} of {_named(numbers, 'car')}")
    return ", ".join(texts)


def _points(found: Consequence) -> str:
    teams = {change.score.team for change in found.points}
    return f"points of {counted(len(teams), 'team')}" if teams else ""


def _leaders(found: Consequence) -> str:
    """`the leader of GT Teams`; a first leader counts as well."""
    titles = [change.table.title for change in found.titles if change.changes_leader]
    if not titles:
        return ""
    return f"the {'leader' if len(titles) == 1 else 'leaders'} of {_named(titles, 'title')}"


def _states(titles: Iterable[TitleChange]) -> list[str]:
    """What becomes of titles: decided, awarded, open again, or won by somebody else."""
    by_state: dict[str, list[str]] = {}
    others = []
    for change in titles:
        before, after = change.states
        name = change.table.title
        if before != after:
            by_state.setdefault(after, []).append(name)
        elif after != OPEN and set(change.champions[0]) != set(change.champions[1]):
            others.append(name)
    parts = [
        words.format(titles=_named(by_state[state], "title")) for state, words in DONE.items() if state in by_state
    ]
    if OPEN in by_state:
        parts.append(f"opens {_named(by_state[OPEN], 'title')} again")
    if others:
        parts.append(f"gives {_named(others, 'title')} to somebody else")
    return parts


def _named(names: Sequence[str], noun: str) -> str:
    """The names, or how many there are: `GT Teams and GT Drivers`, `6 titles`, `car 24`, `cars 7 and 24`."""
    if len(names) > MOST_NAMED:
        return counted(len(names), noun)
    if noun == "car":
        return f"{noun if len(names) == 1 else f'{noun}s'} {series(list(names))}"
    return series(list(names))
