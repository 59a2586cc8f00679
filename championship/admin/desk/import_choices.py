"""What a person says about the names and decisions of a timing file: how a page asks, and how its answers are read."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from championship.record.countries import COUNTRIES
from championship.services import names
from championship.services.names import Names, UnknownNameError
from championship.services.timing_imports import AnyPreview
from championship.services.timing_matching import NEEDED, Question
from championship.services.timing_names import Suggestion
from championship.services.timing_results import ResultsPreview

LABELS = {"given_name": "First name", "family_name": "Family name", "name": "Name", "country": "Country"}
LONGEST = {"given_name": 60, "family_name": 60, "name": 100, "country": 2}
OTHER, NEW = "other", "new"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewField:
    """One thing that is known, or asked, about a new row."""

    name: str
    label: str
    value: str
    longest: int
    is_country: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question as the page asks it: `field` names its inputs; `suggestions` with whether it is chosen.

    `typed` is what was typed for another row; `error` says what is wrong with the answer so far.
    """

    question: Question
    field: str
    suggestions: tuple[tuple[Suggestion, bool], ...]
    fields: tuple[NewField, ...]
    typed: str
    error: str


def field_of(question: Question) -> str:
    """The name of the question's inputs."""
    return f"{question.kind}-{hashlib.sha256(question.key.encode()).hexdigest()[:10]}"


def asked(questions: Sequence[Question], errors: Mapping[str, str], posted: Mapping[str, str]) -> list[Asked]:
    """The questions for a page, the open ones first; what was `posted` and not understood stays in its place."""
    found = []
    for question in sorted(questions, key=lambda one: not one.is_open):
        field = field_of(question)
        fields = tuple(
            NewField(
                name=f"{field}-{name}",
                label=LABELS[name],
                value=posted.get(f"{field}-{name}", value) if field in errors else value,
                longest=LONGEST[name],
                is_country=name == "country",
            )
            for name, value in question.new.items()
        )
        typed = posted.get(f"{field}-other", "") if field in errors else ""
        found.append(
            Asked(
                question=question,
                field=field,
                suggestions=tuple((one, one.slug == question.answer) for one in question.suggestions),
                fields=fields,
                typed=typed,
                error=errors.get(field, ""),
            )
        )
    return found


def read_choices(
    posted: QueryDict, now: AnyPreview, before: Mapping[str, Any]
) -> tuple[dict[str, Any], dict[str, str]]:
    """The matches that follow from what was posted, and what is wrong with an answer, by the name of its inputs.

    What the page did not ask, and what was left as it is `now`, stays as it was.
    """
    matches = {**before, "names": {kind: dict(by_name) for kind, by_name in before.get("names", {}).items()}}
    errors: dict[str, str] = {}
    known: dict[str, Names] = {}
    for question in now.questions:
        choice, error = _choice(posted, question, known)
        if error:
            errors[field_of(question)] = error
        elif choice:
            matches["names"].setdefault(question.kind, {})[question.key] = choice
    if not matches["names"]:
        del matches["names"]
    if "asks" in posted:
        matches |= _changed_lists(posted, now)
    return matches, errors


def _changed_lists(posted: QueryDict, now: AnyPreview) -> dict[str, Any]:
    """Ticks and choices beside the names that are others than they are now."""
    if isinstance(now, ResultsPreview):
        others = "keep" if now.keeps_others or not now.kept else "drop"
        stands: dict[str, Any] = {"contained": sorted(now.contained), "others": others}
        said: dict[str, Any] = {
            "contained": sorted(posted.getlist("contained")),
            "others": "drop" if posted.get("others", others) == "drop" else "keep",
        }
    else:
        listed = [listing.car_number for listing in now.listings if listing.is_taken]
        stands = {"listed": sorted(listed), "skipped": sorted(now.skipped)}
        said = {"listed": sorted(posted.getlist("listed")), "skipped": sorted(posted.getlist("skipped"))}
    return {name: value for name, value in said.items() if value != stands[name]}


def _choice(posted: QueryDict, question: Question, known: dict[str, Names]) -> tuple[dict[str, str], str]:
    """What was said about a name, {} for nothing, and what is wrong with it."""
    field = field_of(question)
    answer = posted.get(field, "")
    if not answer and "all_new" in posted and question.new and not question.suggestions:
        answer = NEW
    if answer == NEW:
        typed = {name: posted.get(f"{field}-{name}", value).strip() for name, value in question.new.items()}
        return {"slug": NEW, **typed}, _new_error(question, typed)
    if answer == OTHER:
        try:
            return {"slug": _names(question.kind, known).slug_of(posted.get(f"{field}-other", "").strip())}, ""
        except UnknownNameError as error:
            return {}, str(error)
    return ({"slug": answer} if answer else {}), ""


def _new_error(question: Question, typed: Mapping[str, str]) -> str:
    missing = [LABELS[name].lower() for name in NEEDED[question.kind] if not typed.get(name)]
    if missing:
        return f"Say the {' and the '.join(missing)} of the new {question.noun}."
    country = typed.get("country", "")
    if country and country not in COUNTRIES:
        return f"“{country}” is no country: write its two capital letters, such as DE."
    return ""


def _names(kind: str, known: dict[str, Names]) -> Names:
    """All rows of a kind by name, read once."""
    if kind not in known:
        readers = {"driver": names.driver_names, "team": names.team_names, "car_model": names.car_model_names}
        known[kind] = readers[kind]()
    return known[kind]
