"""What officials and editors may do, and what nobody may."""

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group, Permission

from championship.models import (
    Adjustment,
    Classification,
    ClassificationState,
    EligibilityOverride,
    EntryList,
    EntryListLine,
    Picture,
    Season,
)
from tests import factories as make
from tests import result_factories as results
from tests.championship.admin.posting import OFFICIALS, fields_of, signed_in

pytestmark = pytest.mark.django_db

ADMIN = "/admin/championship"


@pytest.fixture
def entry():
    season = make.make_season(is_current=True)
    make.make_points_settings(season)
    race_class = make.make_race_class(season)
    title = make.make_title(race_class)
    make.make_invitation(title)
    entry = make.make_entry(race_class, "7", crew=1)
    round_ = make.make_round(make.make_event(season))
    make.make_event_entry(round_.event, entry, crew=1)
    make.publish_list(season)
    make_results(title, entry, round_)
    make.make_picture()
    return entry


def make_results(title, entry, round_):
    """One row of everything that officials decide and publish about a race."""
    results.make_pole(round_, entry.car_number)
    decision = results.make_decision(round_.race_session, entry.car_number, {"kind": "time_added", "time": 5_000})
    EligibilityOverride.objects.create(entry=entry, reason="Late")
    Adjustment.objects.create(title=title, entry=entry, round=round_, kind="deduction", points=1, reason="Late")
    results.publish_results(round_, [entry.car_number], decisions=[decision])


def registered():
    """The nouns that have pages: some are only chosen in search fields."""
    pages = admin.site._registry.items()
    return [model for model, page in pages if model._meta.app_label == "championship" and page.get_urls()]


def test_an_editor_sees_every_page_and_changes_nothing(entry):
    editor = signed_in("editor", "Editor")
    assert len(registered()) == 21
    for model in set(registered()) - {Picture}:
        name = model._meta.model_name
        row = model.objects.first()
        assert str(model._meta.verbose_name_plural) in editor.get(f"{ADMIN}/{name}/").content.decode().lower()
        answer = editor.get(f"{ADMIN}/{name}/{row.pk}/change/")
        assert answer.context["original"] == row
        assert "seen_version" not in fields_of(answer)
        assert editor.post(f"{ADMIN}/{name}/{row.pk}/change/", {"name": "x"}).status_code == 403
        assert editor.post(f"{ADMIN}/{name}/add/", {"name": "x"}).status_code == 403
        assert editor.post(f"{ADMIN}/{name}/{row.pk}/delete/", {"post": "yes"}).status_code == 403


def test_an_official_opens_every_form(entry):
    official = signed_in("official")
    for model in registered():
        name, row = model._meta.model_name, model.objects.first()
        assert official.get(f"{ADMIN}/{name}/{row.pk}/change/").context["original"] == row
        expected = 403 if model in (EntryList, Classification, ClassificationState) else 200
        assert official.get(f"{ADMIN}/{name}/add/").status_code == expected


@pytest.mark.parametrize("group", [OFFICIALS, ""])
def test_nobody_changes_or_deletes_a_published_list(entry, group):
    client = signed_in("somebody", group)
    if not group:
        admin_user = make.make_user("root", is_superuser=True)
        client.force_login(admin_user)
    published = EntryList.objects.get()
    address = f"{ADMIN}/entrylist/{published.pk}"
    lines = list(EntryListLine.objects.values())
    fields = {"status": "final", "note": "x", "lines-TOTAL_FORMS": "1", "lines-INITIAL_FORMS": "1"}
    line = {"lines-0-id": lines[0]["id"], "lines-0-entry_list": published.pk, "lines-0-DELETE": "on"}
    assert client.get(f"{address}/change/").status_code == 200
    for path in ("change", "delete"):
        assert client.post(f"{address}/{path}/", {**fields, **line, "post": "yes"}).status_code == 403
    assert client.post(f"{ADMIN}/entrylist/add/", fields).status_code == 403
    bulk = {"action": "delete_selected", "_selected_action": published.pk, "post": "yes"}
    client.post(f"{ADMIN}/entrylist/", bulk)
    assert list(EntryListLine.objects.values()) == lines
    assert EntryList.objects.get().status == "provisional"


def test_no_list_page_deletes_in_bulk(entry):
    client = signed_in("root", "")
    client.force_login(make.make_user("boss", is_superuser=True))
    for model in registered():
        name = model._meta.model_name
        before = model.objects.count()
        bulk = {"action": "delete_selected", "_selected_action": model.objects.first().pk, "post": "yes"}
        client.post(f"{ADMIN}/{name}/", bulk)
        assert model.objects.count() == before
        assert "delete_selected" not in client.get(f"{ADMIN}/{name}/").content.decode()


def test_what_stands_on_a_published_list_says_why_it_stays(entry):
    answer = signed_in("official").get(f"{ADMIN}/entry/{entry.pk}/delete/")
    text = answer.content.decode()
    assert "cannot be deleted, because these still need it" in text
    assert "withdraw it or cancel it instead" in text


def test_accounts_are_for_administrators_whatever_permission_somebody_has(entry):
    official = signed_in("official")
    Group.objects.get(name="Timekeeper").permissions.add(*Permission.objects.filter(content_type__app_label="auth"))
    for page in ("user", "group", "user/add", "group/add"):
        assert official.get(f"/admin/auth/{page}/").status_code == 403
    assert "/admin/auth/" not in official.get("/admin/").content.decode()
    boss = signed_in("boss", "")
    boss.force_login(make.make_user("root", is_superuser=True))
    assert boss.get("/admin/auth/user/add/").status_code == 200


def test_a_slug_is_read_only_once_it_is_saved(entry):
    season = Season.objects.get()
    answer = signed_in("official").get(f"{ADMIN}/season/{season.pk}/change/")
    assert "slug" not in fields_of(answer, "season_form")
