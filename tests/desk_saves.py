"""Several officials who save at one session's desk at once, over HTTP, through the pages that save there.

`main` needs Django set up on a database that is migrated, empty, and nobody else's. Each save reads what a page shows
and counts on in it, so that a lost save is seen: a lap, or one of the own count in a text, is missing in the end. To
prove another page, add a function to PATHS that makes one attempt.
"""

import json
import os
import random
import re
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from http.cookiejar import Cookie, CookieJar
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, HTTPRedirectHandler, OpenerDirector, Request, build_opener

from django.conf import settings
from django.contrib.auth.models import Group, User
from django.db import connection
from django.test import Client

from championship.models import ClassificationDraft, Decision
from championship.services import drafts
from championship.timing.tables import TimingTable
from championship.timing.write import write_race
from tests import result_factories as results
from tests.browser.server import site_server
from tests.championship.admin.posting import OFFICIALS, fields_of
from tests.grid_posting import grid_address, grid_fields, grid_rows
from tests.timing_factories import changed, race_table

PEOPLE = 8
DESK = "/admin/desk/2030-31/event-1/race-1/"


class NoRedirects(HTTPRedirectHandler):
    def redirect_request(self, *_args: Any) -> None:
        return None


@dataclass
class Answer:
    """What tests.championship.admin.posting reads fields from."""

    status: int
    content: bytes
    leads_to: str = ""

    @property
    def text(self) -> str:
        return self.content.decode()


@dataclass(frozen=True)
class Places:
    """What everybody knows beforehand. Nobody asks the database himself: each would keep a connection of its pool."""

    grid: str
    decision: str
    table: TimingTable


@dataclass
class Official:
    """Somebody with a browser; `accepted` counts the saves that the site said it took, by path."""

    number: int
    site: str
    places: Places
    opener: OpenerDirector
    accepted: Counter
    counted: Counter
    """How often each text, the cause or the reason, was accepted with the own count raised."""
    errors: int = 0

    def get(self, address: str) -> Answer:
        return self._ask(Request(self.site + address))  # noqa: S310  # Our own server.

    def upload(self, address: str, fields: dict[str, str], name: str, content: bytes) -> str:
        """Send a file in the field `file`; returns where the answer leads, "" when it leads nowhere."""
        boundary = "rowdy-clouds-at-sepang"
        said = f"--{boundary}\r\nContent-Disposition: form-data; name="
        parts = [f'{said}"{field}"\r\n\r\n{value}\r\n' for field, value in fields.items()]
        head = f'{said}"file"; filename="{name}"\r\n\r\n'
        body = "".join([*parts, head]).encode() + content + f"\r\n--{boundary}--\r\n".encode()
        kind = {"Content-Type": f"multipart/form-data; boundary={boundary}"}
        return self._ask(Request(self.site + address, body, kind)).leads_to  # noqa: S310

    def post(self, address: str, fields: dict[str, Any]) -> Answer:
        return self._ask(Request(self.site + address, urlencode(fields, doseq=True).encode()))  # noqa: S310

    def _ask(self, request: Request) -> Answer:
        try:
            with self.opener.open(request) as answer:
                return Answer(answer.status, answer.read())
        except HTTPError as error:
            self.errors += error.code >= 500
            return Answer(error.code, error.read(), error.headers.get("Location", ""))

    def counted_on(self, text: str) -> str:
        """The text with the own count raised by one: `1=4 2=7` says what the first two people have."""
        counts = counts_in(text)
        counts[self.number] += 1
        return " ".join(f"{number}={count}" for number, count in sorted(counts.items()))


def counts_in(text: str) -> Counter:
    return Counter({int(number): int(count) for number, count in re.findall(r"(\d+)=(\d+)", text)})


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
        # The pool has as many connections as there are people.
        connection.close()
        with ThreadPoolExecutor(PEOPLE) as pool:
            attempts = list(pool.map(lambda who: saves(who, times, paths), people))
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
    print(json.dumps({"accepted": by_path, "attempts": sum(attempts), "errors": errors, "lost": lost}))


def official(number: int, site: str, places: Places) -> Official:
    user = User.objects.create_user(f"official-{number}", is_staff=True)
    user.groups.set(Group.objects.filter(name__in=OFFICIALS))
    client = Client()
    client.force_login(user)
    jar = CookieJar()
    name = settings.SESSION_COOKIE_NAME
    cookie = {"name": name, "value": client.cookies[name].value, "domain": "localhost.local", "path": "/"}
    blank = dict.fromkeys(("port", "expires", "comment", "comment_url"))
    flags = {"port_specified": False, "domain_specified": False, "domain_initial_dot": False, "path_specified": True}
    jar.set_cookie(Cookie(version=0, **cookie, **blank, **flags, secure=False, discard=True, rest={}))
    opener = build_opener(HTTPCookieProcessor(jar), NoRedirects())
    return Official(number=number, site=site, places=places, opener=opener, accepted=Counter(), counted=Counter())


def saves(who: Official, times: int, paths: tuple[Callable[[Official], bool], ...]) -> int:
    """Save until `times` saves were accepted, each on a page of chance until it is; returns the attempts it took."""
    chance = random.Random(who.number)  # noqa: S311  # Which page to save on, no secret.
    attempts = 0
    for path in chance.choices(paths, k=times):
        attempts += 1
        while not path(who):
            attempts += 1
        who.accepted[path.__name__] += 1
    return attempts
