"""What the grid of the race desk sends, for any client: Django's test client, or a real one over HTTP."""

import json
import re
from collections.abc import Sequence
from html import unescape

from championship.models import Session
from championship.timing.typed import TypedRow
from championship.timing.typed_text import as_json, read_json


def grid_address(session: Session) -> str:
    event = session.event
    return f"/admin/desk/{event.season.slug}/{event.slug}/{session.slug}/grid/"


def grid_rows(page: str) -> tuple[TypedRow, ...]:
    """The rows that a page of the grid shows."""
    return read_json(json.dumps(grid_data(page)["rows"]))


def grid_data(page: str) -> dict:
    """What the page tells its script."""
    return json.loads(re.search(r'<script id="grid-data" type="application/json">(.*?)</script>', page, re.DOTALL)[1])


def grid_fields(page: str, rows: Sequence[TypedRow], **typed: str) -> dict[str, str]:
    """The fields of a save of `rows` by somebody who was shown `page`. An answer of 409 is a conflict."""
    hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page))
    token = {name: unescape(value) for name, value in hidden.items() if name in ("csrfmiddlewaretoken", "seen")}
    cause = re.search(r'<input type="text" name="cause" value="([^"]*)"', page)
    kept = {"cause": unescape(cause[1])} if cause else {}
    return token | kept | {"sheet": json.dumps(as_json(rows))} | typed
