"""The season with a row of every noun that has a page, for tests that ask every address."""

import pytest

from championship.models import Adjustment, ClassificationDraft, EligibilityOverride, Entry, Round, Title
from championship.services.timing_imports import stage
from tests import factories as make
from tests import timing_factories as timing
from tests.addresses import publish_first_pages, publish_sample_file, publish_sample_story


@pytest.fixture
def every_noun(real_results):
    """The season with a row of what 2023/24 did not need."""
    race, entry = Round.objects.first(), Entry.objects.get(car_number="99")
    title = Title.objects.get(race_class=entry.race_class, contender=Title.Contender.TEAMS)
    EligibilityOverride.objects.create(entry=entry, from_round=race, reason="Invited")
    Adjustment.objects.create(title=title, entry=entry, kind="deduction", points=1, round=race, reason="Late")
    publish_sample_file()
    publish_first_pages()
    publish_sample_story()
    make.make_picture()
    ClassificationDraft.objects.create(session=race.race_session, lines="[]", cause="Protest")
    session = race.race_session
    stage(content=timing.race_file(session, ["99"]), file_name="race.CSV", by=None, session=session)
    stage(content=timing.timed_file(session, ["99"]), file_name="entries.CSV", by=None, event=session.event)
    make.make_user("somebody")  # the accounts' own pages need one to show
