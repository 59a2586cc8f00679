"""What the pages of a timing file show, beside the preview itself."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django_countries import countries

from championship.admin.desk.import_choices import asked
from championship.models import Driver, Entry, RaceClass
from championship.rules.durations import duration
from championship.rules.text import series
from championship.selectors.effects import effects_in_words
from championship.selectors.timing_changes import car_changes
from championship.services import timing_words
from championship.services.timing_imports import AnyPreview
from championship.services.timing_results import CarProblem, ResultsPreview


def review_context(now: AnyPreview, errors: Mapping[str, str], posted: Mapping[str, str]) -> dict[str, Any]:
    """All that the template of a review needs; `errors` and `posted` are answers that could not be used."""
    questions = asked(now.questions, errors, posted)
    is_results = isinstance(now, ResultsPreview)
    return {
        "now": now,
        "label": timing_words.confirm_label(now) if now.can_be_applied else "",
        "questions": questions,
        "can_be_all_new": any(
            one.question.is_open and one.fields and not one.question.suggestions for one in questions
        ),
        "all_drivers": [str(driver) for driver in Driver.objects.all()] if questions else [],
        "all_countries": list(countries) if questions else [],
        "new_drivers": [f"{new['given_name']} {new['family_name']}" for new in now.new_drivers.values()],
        **(_results(now, posted) if is_results else _entries(now)),
    }


def _results(now: ResultsPreview, posted: Mapping[str, str]) -> dict[str, Any]:
    event = now.staged.event
    names = dict(RaceClass.objects.filter(season=event.season_id).values_list("slug", "name"))
    entries = set(Entry.objects.filter(season=event.season_id).values_list("car_number", flat=True))
    crews = {line.timing.car_number: line.drivers for line in now.lines}
    changes = car_changes(
        now.changes,
        {
            crew.car_number: (timing_words.people_words(now, crew.before), timing_words.people_words(now, crew.after))
            for crew in now.crews
        },
        names,
    )
    return {
        "problems": [(problem, _mends(now, problem, entries)) for problem in now.problems],
        "is_of_others": sum(bool(one.unknown_car) for one in now.problems) * 2 > len(now.lines),
        "entries_address": reverse("admin:desk_entries_import", args=[event.season.slug, event.slug]),
        "decisions": [
            (choice, effects_in_words(effect.as_effect() for effect in choice.decision.effects.all()))
            for choice in now.decisions
        ],
        "own_changes": [change for change in changes if change.is_own],
        "moved": [change for change in changes if not change.is_own],
        "base": timing_words.base_words(now),
        "lines": [
            {
                "line": line,
                "race_class": names.get(line.race_class, line.race_class),
                "crew": timing_words.people_words(now, crews[line.car_number]),
                "time": duration(line.total_time) if line.total_time is not None else "",
                "best_lap": duration(line.best_lap_time) if line.best_lap_time is not None else "",
            }
            for line in now.classified
        ],
        "kept_classes": series(sorted({names.get(line.timing.race_class, "") for line in now.kept})),
        "is_race": now.table.is_race,
        "cause": posted.get("cause", now.draft.cause if now.draft else ""),
    }


def _entries(now: AnyPreview) -> dict[str, Any]:
    model = reverse("admin:championship_carmodel_add")
    race_class = reverse("admin:championship_raceclass_add")
    return {"problems": now.problems, "car_model_address": model, "race_class_address": race_class}


def _mends(now: ResultsPreview, problem: CarProblem, entries: set[str]) -> list[tuple[str, str]]:
    """Where an unknown car is entered: (address, what to do there)."""
    if not problem.unknown_car:
        return []
    event = now.staged.event
    entered = reverse("admin:championship_event_enter_cars", args=[event.pk])
    if problem.unknown_car in entries:
        return [(entered, "Enter this car of the season at the event")]
    query = urlencode({"season": event.season_id, "car_number": problem.unknown_car})
    added = f"{reverse('admin:championship_entry_add')}?{query}"
    return [(added, "Add the entry to the season"), (entered, "then enter it at the event")]
