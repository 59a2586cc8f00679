"""Several officials who save at one session's desk at once, over HTTP, through the pages that save there.

`main` needs Django set up on a database that is migrated, empty, and nobody else's. Each save reads what a page shows
and adds to it, so that a lost save is seen: its lap or its word is missing in the end. To prove another page, add a
function to PATHS that makes one attempt.
"""

import json
import os
import random
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

from championship.models import ClassificationDraft, Decision, Session
from championship.services import drafts
from tests import result_factories as results
from tests.browser.server import site_server
from tests.championship.admin.posting import OFFICIALS, fields_of
from tests.grid_posting import grid_address, grid_fields, grid_rows

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

    @property
    def text(self) -> str:
        return self.content.decode()


@dataclass
class Official:
    """Somebody with a browser; `accepted` counts the saves that the site said it took, by path."""

    number: int
    site: str
    opener: OpenerDirector
    accepted: Counter
    words: list[str]
    errors: int = 0

    def get(self, address: str) -> Answer:
        return self._ask(Request(self.site + address))  # noqa: S310  # Our own server.

    def post(self, address: str, fields: dict[str, Any]) -> Answer:
        return self._ask(Request(self.site + address, urlencode(fields, doseq=True).encode()))  # noqa: S310

    def _ask(self, request: Request) -> Answer:
        try:
            with self.opener.open(request) as answer:
                return Answer(answer.status, answer.read())
        except HTTPError as error:
            self.errors += error.code >= 500
            return Answer(error.code, error.read())

    def word(self) -> str:
        return f"{self.number}.{len(self.words)}"


def save_grid(who: Official) -> bool:
    """Give the own car one lap more, on the typing grid."""
    address = grid_address(Session.objects.select_related("event__season").get())
    page = who.get(address).text
    rows = [
        replace(row, laps=str(int(row.laps) + 1)) if row.car_number == str(who.number) else row
        for row in grid_rows(page)
    ]
    return who.post(address, grid_fields(page, rows)).status == 302


def save_cause(who: Official) -> bool:
    """Add a word to the cause of the draft, on the desk."""
    fields, word = fields_of(who.get(DESK), "cause-form"), who.word()
    who.post(f"{DESK}draft/cause/", fields | {"cause": f"{fields['cause']} {word}"})
    if "The cause is saved." not in who.get(DESK).text:
        return False
    who.words.append(word)
    return True


def save_decision(who: Official) -> bool:
    """Add a word to the reason of the decision, in the admin."""
    address, word = f"/admin/championship/decision/{Decision.objects.get().pk}/change/", who.word()
    fields = fields_of(who.get(address), "decision_form")
    if who.post(address, fields | {"reason": f"{fields['reason']} {word}"}).status != 302:
        return False
    who.words.append(word)
    return True


def check(who: Official) -> bool:
    """Sign the draft as its checker; its author adds a word instead."""
    page = who.get(f"{DESK}check/")
    if "You wrote this draft" in page.text:
        return save_cause(who)
    return who.post(f"{DESK}check/", fields_of(page)).status == 302


def retype(who: Official) -> bool:
    """Type the order a second time; its author adds a word instead."""
    page = who.get(f"{DESK}retype/")
    if "You wrote this draft" in page.text:
        return save_cause(who)
    order = " ".join(str(number) for number in range(1, PEOPLE + 1))
    return who.post(f"{DESK}retype/", fields_of(page) | {"order": order}).status == 302


PATHS: tuple[Callable[[Official], bool], ...] = (save_grid, save_cause, save_decision, check, retype)


def main(times: int, is_unprotected: bool) -> None:
    """Print what eight officials with `times` accepted saves each left; `is_unprotected` is the control.

    Without the protection nobody looks at the version that a page was shown.
    """
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    season = results.make_racing_season(rounds=1, crew=1, cars=[str(number) for number in range(1, PEOPLE + 1)])
    session = season.rounds.get().race_session
    lines = results.draft_lines(session, [str(number) for number in range(1, PEOPLE + 1)])
    drafts.create_draft(session=session, lines=lines, by=None, cause="First")
    results.make_decision(session, "1", {"kind": "fine"}, reason="First")
    paths = PATHS
    if is_unprotected:
        drafts._current = lambda draft, _seen: drafts.present(draft)
        paths = (save_grid, save_cause)
    server = site_server()
    try:
        people = [official(number, f"http://{server.host}:{server.port}") for number in range(1, PEOPLE + 1)]
        # The pool has as many connections as there are people.
        connection.close()
        with ThreadPoolExecutor(PEOPLE) as pool:
            attempts = list(pool.map(lambda who: saves(who, times, paths), people))
    finally:
        server.terminate()
    laps = {line.timing.car_number: line.timing.laps for line in drafts.draft_lines(ClassificationDraft.objects.get())}
    texts = f"{ClassificationDraft.objects.get().cause} {Decision.objects.get().reason}".split()
    laps_lost = sum(
        who.accepted["save_grid"] - (laps.get(str(who.number), results.LAPS) - results.LAPS) for who in people
    )
    words_lost = sum(word not in texts for who in people for word in who.words)
    by_path = sum((who.accepted for who in people), Counter())
    errors = sum(who.errors for who in people)
    lost = laps_lost + words_lost
    print(json.dumps({"accepted": by_path, "attempts": sum(attempts), "errors": errors, "lost": lost}))


def official(number: int, site: str) -> Official:
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
    return Official(number=number, site=site, opener=opener, accepted=Counter(), words=[])


def saves(who: Official, times: int, paths: tuple[Callable[[Official], bool], ...]) -> int:
    """Save until `times` saves were accepted; returns how many attempts that took."""
    chance = random.Random(who.number)  # noqa: S311  # Which page to save on, no secret.
    attempts = 0
    while who.accepted.total() < times:
        attempts += 1
        path = chance.choice(paths)
        if path(who):
            who.accepted[path.__name__] += 1
    return attempts
