"""Several officials who save at one session's desk at once, over HTTP, through the pages that save there.

`main` needs Django set up on a database that is migrated, empty, and nobody else's. Each save reads what a page shows
and counts on in it, so that a lost save is seen: a lap, or one of the own count in a text, is missing in the end. To
prove another page, add a function to PATHS that makes one attempt.
"""

import json
import os
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace

from championship.models import ClassificationDraft, Decision
from championship.services import drafts
from championship.timing.tables import TimingTable
from championship.timing.write import write_race
from tests import result_factories as results
from tests.browser.server import site_server
from tests.championship.admin.posting import OFFICIALS, fields_of
from tests.grid_posting import grid_address, grid_fields, grid_rows
from tests.saving_people import PEOPLE, Person, all_save, counts_in, signed_in_opener
from tests.timing_factories import changed, race_table

DESK = "/admin/desk/2030-31/event-1/race-1/"


@dataclass(frozen=True)
class Places:
    """What everybody knows beforehand. Nobody asks the database himself: each would keep a connection of its pool."""

    grid: str
    decision: str
    table: TimingTable


@dataclass(kw_only=True)
class Official(Person):
    places: Places


def save_grid(who: Official) -> bool:
    """Give the own car one lap more, on the typing grid."""
    page = who.get(who.places.grid).text
    rows = [
        replace(row, laps=str(int(row.laps) + 1)) if row.car_number == str(who.number) else row
        for row in grid_rows(page)
    ]
    return who.post(who.places.grid, grid_fields(page, rows)).status == 302


def save_import(who: Official) -> bool:
    """Give the own car one lap more with a timing file, and confirm it only where nothing else differs."""
    table = who.places.table
    for row in grid_rows(who.get(who.places.grid).text):
        number, driven = row.car_number, int(row.laps)
        table = changed(table, number, laps=driven + (number == str(who.number)))
    sent = {name: str(value) for name, value in fields_of(who.get(f"{DESK}import/")).items() if name != "file"}
    review = who.upload(f"{DESK}import/", sent, f"hour-4-{who.number}.csv", write_race(table))
    page = who.get(review)
    if "; 1 car differs from the draft" not in page.text:
        return False
    answer = who.post(review, fields_of(page, "review-form") | {"do": "confirm"})
    return answer.status == 302


def save_cause(who: Official) -> bool:
    """Count on in the cause of the draft, on the desk."""
    fields = fields_of(who.get(DESK), "cause-form")
    who.post(f"{DESK}draft/cause/", fields | {"cause": who.counted_on(fields["cause"])})
    if "The cause is saved." not in who.get(DESK).text:
        return False
    who.counted["cause"] += 1
    return True


def save_decision(who: Official) -> bool:
    """Count on in the reason of the decision, in the admin."""
    fields = fields_of(who.get(who.places.decision), "decision_form")
    if who.post(who.places.decision, fields | {"reason": who.counted_on(fields["reason"])}).status != 302:
        return False
    who.counted["reason"] += 1
    return True


def check(who: Official) -> bool:
    """Sign the draft as its checker; its author counts on in the cause instead."""
    page = who.get(f"{DESK}check/")
    if "You wrote this draft" in page.text:
        return save_cause(who)
    return who.post(f"{DESK}check/", fields_of(page)).status == 302


def retype(who: Official) -> bool:
    """Type the order a second time; its author counts on in the cause instead."""
    page = who.get(f"{DESK}retype/")
    if "You wrote this draft" in page.text:
        return save_cause(who)
    order = " ".join(str(number) for number in range(1, PEOPLE + 1))
    return who.post(f"{DESK}retype/", fields_of(page) | {"order": order}).status == 302


PATHS: tuple[Callable[[Official], bool], ...] = (save_grid, save_import, save_cause, save_decision, check, retype)


def main(times: int, is_unprotected: bool) -> None:
    """Print what eight officials with `times` accepted saves each left; `is_unprotected` is the control.

    Without the protection nobody looks at the version that a page was shown.
    """
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    season = results.make_racing_season(rounds=1, crew=1, cars=[str(number) for number in range(1, PEOPLE + 1)])
    session = season.rounds.get().race_session
    lines = results.draft_lines(session, [str(number) for number in range(1, PEOPLE + 1)])
    drafts.create_draft(session=session, lines=lines, by=None, cause="First")
    decision = results.make_decision(session, "1", {"kind": "fine"}, reason="First")
    places = Places(
        grid=grid_address(session),
        decision=f"/admin/championship/decision/{decision.pk}/change/",
        table=race_table(session, [str(number) for number in range(1, PEOPLE + 1)]),
    )
    paths = PATHS
    if is_unprotected:
        drafts._current = lambda draft, _seen: drafts.present(draft)
        paths = (save_grid, save_cause)
    server = site_server()
    try:
        people = [official(number, f"http://{server.host}:{server.port}", places) for number in range(1, PEOPLE + 1)]
        attempts = all_save(people, times, paths)
    finally:
        server.terminate()
    draft, decision = ClassificationDraft.objects.get(), Decision.objects.get()
    laps = {line.timing.car_number: line.timing.laps - results.LAPS for line in drafts.draft_lines(draft)}
    stored = {"cause": counts_in(draft.cause), "reason": counts_in(decision.reason)}
    lost = sum(
        who.accepted["save_grid"]
        + who.accepted["save_import"]
        - laps[str(who.number)]
        + sum(who.counted[text] - counts[who.number] for text, counts in stored.items())
        for who in people
    )
    by_path = sum((who.accepted for who in people), Counter())
    errors = sum(who.errors for who in people)
    print(json.dumps({"accepted": by_path, "attempts": attempts, "errors": errors, "lost": lost}))


def official(number: int, site: str, places: Places) -> Official:
    return Official(number=number, site=site, opener=signed_in_opener(f"official-{number}", OFFICIALS), places=places)
