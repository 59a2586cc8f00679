"""Damaged files: whatever is broken in them, no error page, no half-written table."""

import io
import random
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from championship.models import CrewMember, Entry, EventEntry, StagedImport
from championship.services.import_rows import Scope, stored_rows, table_rows
from championship.services.import_tables import TABLES
from championship.services.spreadsheets import export_csv, export_xlsx
from tests import factories as make
from tests.championship.admin.posting import fields_of, signed_in

pytestmark = pytest.mark.django_db

MUTATIONS = 200
ADDRESS = "/admin/championship/evententry/"
SPICE = [
    b'"',
    b",",
    b";",
    b"\n",
    b"\r",
    b"\0",
    b"\xff",
    b"\xef\xbb\xbf",
    b"=",
    b"'",
    b"TBA",
    b"\xd9\xa7",
    b"<",
    b"&",
    b"9" * 40,
]


@pytest.fixture
def here():
    season = make.make_season()
    lmp2 = make.make_race_class(season)
    event = make.make_event(season)
    for number in ("4", "007", "22A"):
        make.make_event_entry(event, make.make_entry(lmp2, number), crew=3)
    return Scope(table=TABLES["event_entries"], event=event)


def changed_table(here):
    """What is stored, with something changed in each row."""
    header, *rows = table_rows(here.table, stored_rows(here))
    return [header, *[[*row[:2], f"Team {number}", *row[3:]] for number, row in enumerate(rows)]]


def mutated(content, chance):
    """The bytes with one to four accidents: some lost, doubled, moved, replaced, or something strange put in."""
    data = bytearray(content)
    for _ in range(chance.randint(1, 4)):
        place, end = sorted(chance.randrange(len(data) + 1) for _ in range(2))
        match chance.randrange(5):
            case 0:
                del data[place : min(end, place + chance.randint(1, 60))]
            case 1:
                data[place:place] = data[place : place + 40]
            case 2:
                data[place : place + 1] = bytes([chance.randrange(256)])
            case 3:
                data[place:place] = chance.choice(SPICE)
            case 4:
                data = data[:place] if chance.random() < 0.2 else data
        data = data or bytearray(b"x")
    return bytes(data)


def mutated_inside(content, chance):
    """The workbook with accidents inside one of its parts, packed again so that it opens."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        names = old.namelist()
        broken = chance.choice([*names, *[name for name in names if "sheet" in name] * 10])
        for name in names:
            data = old.read(name)
            new.writestr(name, mutated(data, chance) if name == broken else data)
    return file.getvalue()


def state():
    return (
        list(EventEntry.objects.order_by("pk").values()),
        list(CrewMember.objects.order_by("pk").values()),
        Entry.objects.count(),
        EventEntry.history.count(),
    )


def attack(client, here, content, name, before):
    """Upload; confirm if that is offered. Returns what came of it, which is undone: refused, unchanged or whole."""
    with transaction.atomic():
        page = client.post(f"{ADDRESS}import/", {"file": SimpleUploadedFile(name, content), "event": here.event.pk})
        assert page.status_code == 200
        assert state() == before
        outcome = "unchanged"
        if page.context["form"].errors or page.context["problems"]:
            outcome = "refused"
            assert not StagedImport.objects.exists()
        elif page.context["staged"]:
            answer = client.post(f"{ADDRESS}process_import/", fields_of(page))
            assert answer.status_code == 302
            again = client.post(
                f"{ADDRESS}import/", {"file": SimpleUploadedFile(name, content), "event": here.event.pk}
            )
            assert (again.context["shown"].changes, again.context["shown"].problems) == ((), ())
            outcome = "whole"
        transaction.set_rollback(True)
    return outcome


@pytest.mark.parametrize(
    ("name", "export", "damage"),
    [
        ("list.csv", export_csv, mutated),
        ("list.xlsx", export_xlsx, mutated),
        ("list.xlsx", export_xlsx, mutated_inside),
    ],
    ids=["csv", "xlsx", "inside xlsx"],
)
def test_a_damaged_file_is_refused_or_imported_whole(here, name, export, damage):
    chance = random.Random(20240204)  # noqa: S311 - the same accidents in every run
    client = signed_in("anna")
    content = export(changed_table(here))
    before = state()
    assert attack(client, here, content, name, before) == "whole"
    outcomes = [attack(client, here, damage(content, chance), name, before) for _ in range(MUTATIONS)]
    print({outcome: outcomes.count(outcome) for outcome in sorted(set(outcomes))})
    assert len(outcomes) == MUTATIONS
    assert outcomes.count("refused") > MUTATIONS / 4
