"""The figure that the site holds itself to: an entry list with its styles and scripts in at most 60 kB."""

import gzip
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import Client


def squeezed(client: Client, address: str) -> int:
    """Bytes after gzip of what stands at an address of the site."""
    if address.startswith("/static/"):
        return len(gzip.compress(Path(finders.find(address.removeprefix("/static/"))).read_bytes()))
    return len(gzip.compress(client.get(address).content))


@pytest.mark.usefixtures("real_season")
def test_the_largest_entry_list_with_its_styles_and_scripts_stays_below_60_kb(client):
    page = "/2023-24/abu-dhabi/entries/"
    linked = re.findall(r'(?:href|src)="([^"]+\.(?:css|js))"', client.get(page).text)
    assert len(linked) == len(set(linked)) > 10
    assert squeezed(client, page) + sum(squeezed(client, address) for address in linked) <= 60_000
