"""A morning in the newsroom: a season with Sepang and Dubai, an editor and a chief editor."""

from datetime import UTC, date, datetime

import pytest

from tests import factories as make
from tests.championship.admin.posting import signed_in

NOON = datetime(2030, 12, 5, 12, tzinfo=UTC)


@pytest.fixture
def season(settings):
    """Its first event is at Sepang (UTC+8), its second at Dubai (UTC+4)."""
    settings.SITE_NOW = NOON
    found = make.make_season(is_current=True)
    make.make_event(found)
    circuit = make.make_circuit("dubai", name="Dubai Autodrome", time_zone="Asia/Dubai", country="AE")
    make.make_event(found, "dubai", date(2031, 2, 1), circuit=circuit)
    return found


@pytest.fixture
def chief(season):
    return signed_in("chief", "Chief editor")


@pytest.fixture
def editor(season):
    return signed_in("eve", "Editor")
