"""Import and export in the admin, as a browser sends them."""

import io
import uuid
from urllib.parse import unquote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from championship.models import Entry, EventEntry, StagedImport, Team
from championship.services.spreadsheets import csv_lines, export_xlsx
from tests import factories as make
from tests.championship.admin.posting import fields_of, signed_in

pytestmark = pytest.mark.django_db

HEADER = ["car_number", "race_class", "team", "car_model"]
NOUNS = ("entry", "evententry", "team", "driver")


@pytest.fixture
def season():
    return make.make_season(is_current=True)


@pytest.fixture
def lmp2(season):
    make.make_team("alpha", name="Alpha")
    make.make_car_model()
    return make.make_race_class(season)


@pytest.fixture
def client():
    return signed_in("anna")


def address_of(noun, page="import"):
    return f"/admin/championship/{noun}/{page}/"


def table(*rows):
    return "".join(f"{','.join(row)}\n" for row in rows).encode()


def upload(client, noun, content, name="list.csv", **chosen):
    return client.post(address_of(noun), {"file": SimpleUploadedFile(name, content), **chosen})


def confirm(client, noun, page):
    return client.post(address_of(noun, "process_import"), fields_of(page))


def text_of(answer):
    return " ".join(answer.content.decode().split())


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_table_is_shown_first_and_written_when_it_is_confirmed(client, season, lmp2, kind):
    rows = [HEADER, ["007", "lmp2", "Alpha", "oreca-07"]]
    content = table(*rows) if kind == "csv" else export_xlsx(rows)
    page = upload(client, "entry", content, f"list.{kind}", season=season.pk)
    assert "1 new, 0 changed, 0 as they are." in text_of(page)
    assert not Entry.objects.exists()
    answer = confirm(client, "entry", page)
    assert (answer.status_code, answer.url) == (302, "/admin/championship/entry/")
    entry = Entry.objects.get()
    assert (entry.car_number, entry.team.slug) == ("007", "alpha")
    record = entry.history.get()
    assert (record.history_user.username, record.history_change_reason) == ("anna", f"Imported from list.{kind}")
    assert f"Imported list.{kind}: 1 new, 0 changed, 0 as they were." in text_of(client.get("/admin/"))


def test_importing_the_same_file_again_says_that_there_is_nothing_to_do(client, season, lmp2):
    content = table(HEADER, ["7", "lmp2", "alpha", "oreca-07"])
    confirm(client, "entry", upload(client, "entry", content, season=season.pk))
    page = upload(client, "entry", content, season=season.pk)
    assert "There is nothing to import." in text_of(page)
    assert (StagedImport.objects.count(), Entry.history.count()) == (0, 1)


def test_the_preview_shows_each_changed_column(client, season, lmp2):
    make.make_entry(lmp2, "7", team=Team.objects.get(slug="alpha"))
    make.make_team("beta")
    page = text_of(upload(client, "entry", table(HEADER, ["7", "lmp2", "beta", "oreca-07"]), season=season.pk))
    assert "<code>team</code></td><td><del>alpha</del></td><td><ins>beta</ins></td>" in page


def test_wrong_rows_are_listed_with_row_column_and_mend_and_cannot_be_confirmed(client, season, lmp2):
    rows = [HEADER, ["7", "lmp2", "alhpa", "oreca-07"], ["8", "lmp2", "alpha", "oreca-07"]]
    page = upload(client, "entry", table(*rows), season=season.pk)
    text = text_of(page)
    assert "list.csv: 1 problem, so nothing was written" in text
    assert '<th scope="row" class="figure">2</th><td><code>team</code></td>' in text
    assert "Did you mean &quot;Alpha&quot;? If not, add the team first." in text
    assert "process_import" not in text
    assert (StagedImport.objects.count(), Entry.objects.count()) == (0, 0)


def test_a_refused_file_is_named_with_the_reason(client, season):
    page = upload(client, "entry", b"PK\x03\x04", "list.xlsx", season=season.pk)
    assert "list.xlsx: The workbook is damaged." in text_of(page)


def test_a_file_that_is_too_large_is_refused_unread(client, season):
    page = upload(client, "entry", b"x" * 2_000_001, season=season.pk)
    assert "The file has more than 2 MB." in text_of(page)


def test_when_the_data_moved_on_the_new_changes_are_shown_and_can_be_confirmed(client, season, lmp2):
    entry = make.make_entry(lmp2, "7", team=Team.objects.get(slug="alpha"))
    beta, gamma = make.make_team("beta"), make.make_team("gamma")
    page = upload(client, "entry", table(HEADER, ["7", "lmp2", "gamma", "oreca-07"]), season=season.pk)
    Entry.objects.update(team=beta)
    again = confirm(client, "entry", page)
    assert again.status_code == 200
    assert "Somebody changed these data since you looked." in text_of(again)
    assert "<del>beta</del>" in text_of(again)
    entry.refresh_from_db()
    assert entry.team == beta
    assert confirm(client, "entry", again).status_code == 302
    entry.refresh_from_db()
    assert entry.team == gamma


@pytest.mark.parametrize("staged", ["", "x", "\x00", "3af7f63b-320d-48be-a448-713f0dda9455"])
def test_what_is_not_staged_cannot_be_confirmed(client, staged):
    answer = client.post(address_of("entry", "process_import"), {"staged": staged})
    assert (answer.status_code, answer.url) == (302, address_of("entry"))
    assert "That import was applied already, or its preview is too old." in text_of(client.get(answer.url))


def test_confirming_is_a_post(client):
    assert client.get(address_of("entry", "process_import")).status_code == 405


@pytest.mark.parametrize("chosen", [{}, {"season": "x"}, {"season": "9" * 40}, {"season": "0"}])
def test_a_season_must_be_chosen(client, season, chosen):
    page = upload(client, "entry", table(HEADER), **chosen)
    assert "season" in page.context["form"].errors


def test_the_cars_of_an_event_are_imported_into_the_chosen_event(client, season, lmp2):
    event = make.make_event(season)
    make.make_entry(lmp2, "7")
    page = upload(client, "evententry", table(["car_number", "listed_name"], ["7", "Alpha by Beta"]), event=event.pk)
    confirm(client, "evententry", page)
    (row,) = EventEntry.objects.all()
    assert (row.event, row.listed_name) == (event, "Alpha by Beta")


@pytest.mark.parametrize("noun", NOUNS)
@pytest.mark.parametrize("number", [0, 1])
def test_an_export_comes_back_unchanged(client, season, lmp2, noun, number):
    event = make.make_event(season)
    entry = make.make_entry(lmp2, "007", crew=4, source="=1+1")
    make.make_event_entry(event, entry, crew=3, listed_name="-Alpha, @Beta", source="'=x")
    Team.objects.filter(slug="alpha").update(name="+Alpha")
    chosen = {"entry": {"season": season.pk}, "evententry": {"event": event.pk}}.get(noun, {})
    answer = client.post(address_of(noun, "export"), {"format": number, "resource": 0, **chosen})
    assert answer.status_code == 200
    page = upload(client, noun, answer.content, f"back.{('csv', 'xlsx')[number]}", **chosen)
    assert "There is nothing to import." in text_of(page)
    cells = csv_lines(answer.content).decode().replace("\n", ",").split(",")
    assert [cell for cell in cells if cell.strip('"')[:1] in ("=", "+", "-", "@")] == []


def test_an_exported_file_is_named_after_what_it_holds(client, season, lmp2):
    event = make.make_event(season)
    names = [
        client.post(address_of(noun, "export"), {"format": number, "resource": 0, **chosen})["Content-Disposition"]
        for noun, number, chosen in (
            ("entry", 0, {"season": season.pk}),
            ("evententry", 1, {"event": event.pk}),
            ("team", 0, {}),
        )
    ]
    assert [unquote(name.partition("=")[2]).strip('"') for name in names] == [
        "2030-31-entries.csv",
        "2030-31-sepang-entries.xlsx",
        "teams.csv",
    ]


def test_the_export_form_offers_csv_and_xlsx_only(client, season):
    page = client.get(address_of("entry", "export"))
    labels = [label for _value, label in page.context["form"].fields["format"].choices]
    assert [label for label in labels if label.strip("-")] == ["CSV", "XLSX (Excel, LibreOffice)"]
    assert fields_of(page)["season"] == str(season.pk)


@pytest.mark.parametrize(
    "typed",
    [
        {"format": "0"},
        {"format": "7", "resource": "x"},
        {"format": "\x00", "season": "\x00"},
        {"format": "0", "resource": "0", "season": "9" * 40},
        {"format": "0", "resource": "0", "export_items": ["1", "x"]},
    ],
)
def test_an_odd_request_for_an_export_shows_the_form_again(client, season, typed):
    answer = client.post(address_of("entry", "export"), typed)
    assert answer.status_code == 200
    assert answer.context["form"].errors


@pytest.mark.parametrize("noun", NOUNS)
def test_editors_may_export_and_not_import(season, noun):
    editor = signed_in("eve", group="Editor")
    assert editor.get(address_of(noun, "export")).status_code == 200
    assert editor.get(address_of(noun)).status_code == 403
    assert upload(editor, noun, b"x").status_code == 403
    assert editor.post(address_of(noun, "process_import"), {"staged": uuid.uuid4()}).status_code == 403
    shown = editor.get(f"/admin/championship/{noun}/").content.decode()
    assert ("export/" in shown, "import/" in shown) == (True, False)


@pytest.mark.parametrize("noun", NOUNS)
def test_the_list_pages_lead_to_import_and_export(client, noun):
    shown = client.get(f"/admin/championship/{noun}/").content.decode()
    assert f'href="{address_of(noun)}"' in shown.replace("'", '"')
    assert f'href="{address_of(noun, "export")}' in shown.replace("'", '"')


def test_a_file_name_may_be_odd(client, season, lmp2):
    content = table(HEADER, ["7", "lmp2", "alpha", "oreca-07"])
    page = upload(client, "entry", content, "<b>" + "ä" * 300 + ".csv", season=season.pk)
    assert "<b>ä" not in page.content.decode()
    assert confirm(client, "entry", page).status_code == 302
    assert len(Entry.objects.get().history.get().history_change_reason) <= 100


def test_a_file_field_that_is_empty_asks_for_a_file(client, season):
    page = client.post(address_of("entry"), {"season": season.pk, "file": io.BytesIO(b"")})
    assert page.context["form"].errors["file"]
