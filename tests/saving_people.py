"""People with browsers who save at once over HTTP, each as often as it takes until so many saves were accepted."""

import random
import re
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from http.cookiejar import Cookie, CookieJar
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, HTTPRedirectHandler, OpenerDirector, Request, build_opener

from django.conf import settings
from django.contrib.auth.models import Group, User
from django.db import connection
from django.test import Client

PEOPLE = 8
BUSY = 503


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


@dataclass
class Person:
    """Somebody with a browser; `accepted` counts the saves that the site said it took, by path."""

    number: int
    site: str
    opener: OpenerDirector
    accepted: Counter = field(default_factory=Counter)
    # How often each text was accepted with the own count raised.
    counted: Counter = field(default_factory=Counter)
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
            # Busy just now: nothing was written, and the page sends it again.
            self.errors += error.code >= 500 and error.code != BUSY
            return Answer(error.code, error.read(), error.headers.get("Location", ""))

    def counted_on(self, text: str) -> str:
        """The text with the own count raised by one: `1=4 2=7` says what the first two people have."""
        counts = counts_in(text)
        counts[self.number] += 1
        return " ".join(f"{number}={count}" for number, count in sorted(counts.items()))


def counts_in(text: str) -> Counter:
    return Counter({int(number): int(count) for number, count in re.findall(r"(\d+)=(\d+)", text)})


def signed_in_opener(name: str, groups: Sequence[str]) -> OpenerDirector:
    """The browser of a new member of these groups, who has logged in."""
    user = User.objects.create_user(name, is_staff=True)
    user.groups.set(Group.objects.filter(name__in=groups))
    client = Client()
    client.force_login(user)
    jar = CookieJar()
    name = settings.SESSION_COOKIE_NAME
    cookie = {"name": name, "value": client.cookies[name].value, "domain": "localhost.local", "path": "/"}
    blank = dict.fromkeys(("port", "expires", "comment", "comment_url"))
    flags = {"port_specified": False, "domain_specified": False, "domain_initial_dot": False, "path_specified": True}
    jar.set_cookie(Cookie(version=0, **cookie, **blank, **flags, secure=False, discard=True, rest={}))
    return build_opener(HTTPCookieProcessor(jar), NoRedirects())


def all_save(people: Sequence[Person], times: int, paths: Sequence[Callable[[Any], bool]]) -> int:
    """Let everybody save at once until each has had `times` saves accepted; the attempts that it took."""
    # The pool has as many connections as there are people.
    connection.close()
    with ThreadPoolExecutor(len(people)) as pool:
        return sum(pool.map(lambda who: _saves(who, times, paths), people))


def _saves(who: Person, times: int, paths: Sequence[Callable[[Any], bool]]) -> int:
    """Save on pages of chance, on each until it is accepted."""
    chance = random.Random(who.number)  # noqa: S311  # Which page to save on, no secret.
    attempts = 0
    for path in chance.choices(paths, k=times):
        attempts += 1
        while not path(who):
            attempts += 1
        who.accepted[path.__name__] += 1
    return attempts
