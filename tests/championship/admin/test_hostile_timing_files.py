"""Spoilt timing files through the pages: whatever is broken in them, no error page, and all is written or nothing."""

from collections import Counter
from contextlib import nullcontext

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from championship.models import ClassificationDraft, Driver, DriverAlias, EventEntry, Session, TimingImport
from championship.services import drafts, timing_imports
from championship.timing.tables import TimingFileError
from championship.timing.write import write_race
from tests import result_factories as results
from tests import timing_factories as timing
from tests.championship.admin.posting import signed_in
from tests.championship.timing.mutations import COUNT, mutation

pytestmark = pytest.mark.django_db

PARTS = 2
NAME = "results (1).CSV"
OWN_WORDS = "cannot be used as it is"


def state():
    written = (ClassificationDraft, TimingImport, Driver, DriverAlias, EventEntry)
    return tuple(model.objects.count() for model in written)


def attack(client, desk, content, before):
    """Upload and confirm. Says what came of it: refused, told, written; whatever was written is undone."""
    with transaction.atomic():
        page = client.post(f"{desk}import/", {"file": SimpleUploadedFile(NAME, content)})
        outcome = "told"
        if page.status_code in (400, 413, 422):
            outcome = "refused"
            assert state() == before
            # An empty file has no more to it than that.
            assert not content or OWN_WORDS not in page.context["refusal"] or page.context["problems"]
            for problem in page.context["problems"]:
                assert problem.file == NAME
                assert problem.mend
        else:
            assert page.status_code == 302
            now = timing_imports.preview(TimingImport.objects.get())
            if not now.can_be_applied and len(content) % 8:
                # What is shown then, and is refused to be written, takes its time: one of eight has to do.
                assert now.questions or now.problems
                transaction.set_rollback(True)
                return outcome
            answer = client.post(page.url, {"do": "confirm", "seen_version": "1", "seen": now.fingerprint})
            if answer.status_code == 302:
                outcome = "written"
                draft = ClassificationDraft.objects.get()
                assert tuple(drafts.draft_lines(draft)) == now.lines
            else:
                assert (answer.status_code, ClassificationDraft.objects.count()) == (409, 0)
                assert now.questions or now.problems
        transaction.set_rollback(True)
    return outcome


@pytest.mark.parametrize("part", range(PARTS))
def test_2000_spoilt_files_are_refused_told_or_written_whole(real_season, part):
    client = signed_in("anna")
    event = f"/admin/desk/{real_season.slug}/sepang/"
    desks = (f"{event}race-1/", f"{event}qualifying/")
    before = state()
    outcomes = Counter()
    for number in range(part, COUNT, PARTS):
        _, content = mutation(number)
        outcomes[attack(client, desks[number // PARTS % 2], content, before)] += 1
    print(dict(outcomes))
    assert outcomes.total() == COUNT // PARTS
    assert outcomes["refused"] > COUNT / PARTS / 4
    assert outcomes["told"] + outcomes["written"] > 0


# What the protections are for


@pytest.fixture
def race():
    results.make_racing_season(rounds=1)
    return Session.objects.get(kind="race")


@pytest.fixture
def with_a_new_driver(race):
    """A file that waits, is answered for, and brings a driver."""
    table = timing.race_table(race, ["7", "22", "99"])
    table = timing.changed(table, "7", drivers=(timing.timed_driver("Zoe QUINCY"),))
    file = timing_imports.stage(content=write_race(table), file_name=NAME, by=None, session=race).staged
    answer = {"slug": "new", "given_name": "Zoe", "family_name": "Quincy", "country": ""}
    matches = {"names": {"driver": {"zoe quincy": answer}}}
    return timing_imports.choose(file, matches=matches, seen_version=file.version)


def refused_late(file, monkeypatch):
    """Apply, and be refused when the new driver is written already."""

    def refuse(*_args, **_values):
        raise ValidationError("refused")

    monkeypatch.setattr("championship.services.timing_writing.create_draft", refuse)
    before = state()
    seen = timing_imports.preview(file).fingerprint
    with pytest.raises(timing_imports.TimingImportError, match="refused"):
        timing_imports.apply(file, seen=seen, by=None)
    return state() == before


def test_a_refusal_in_the_middle_leaves_nothing_behind(with_a_new_driver, monkeypatch):
    assert refused_late(with_a_new_driver, monkeypatch)


def test_without_the_transaction_it_would(with_a_new_driver, monkeypatch):
    monkeypatch.setattr(timing_imports.transaction, "atomic", nullcontext)
    assert not refused_late(with_a_new_driver, monkeypatch)


def test_without_words_for_it_a_spoilt_file_would_be_an_error_page(race, monkeypatch):
    client = signed_in("anna")
    desk = f"/admin/desk/{race.event.season.slug}/{race.event.slug}/{race.slug}/"

    def stumble(*_args, **_values):
        raise UnicodeDecodeError("utf-8", b"\xff", 0, 1, "invalid")

    monkeypatch.setattr("championship.services.timing_imports.read_timing", stumble)
    with pytest.raises(UnicodeDecodeError):
        attack(client, desk, b"\xff", state())


def test_a_refusal_names_the_file_and_the_mend():
    with pytest.raises(TimingFileError) as refused:
        timing_imports.read_timing(b"POSITION;NUMBER\r\n", file_name=NAME)
    assert all(problem.file == NAME and problem.mend for problem in refused.value.problems)
