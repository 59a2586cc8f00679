"""The first page of the officials' side."""

import pytest

from tests import factories as make
from tests.championship.admin.posting import signed_in

pytestmark = pytest.mark.django_db


def links(response):
    text = response.content.decode()
    return {part.split('"', 1)[0] for part in text.split('href="')[1:]}


def test_it_leads_to_the_work_of_the_current_season():
    season = make.make_season(is_current=True)
    event = make.make_event(season)
    make.make_event_entry(event, make.make_entry(make.make_race_class(season)))
    answer = signed_in("official").get("/admin/")
    assert {
        f"/admin/championship/event/{event.pk}/change/",
        f"/admin/championship/event/{event.pk}/publish/",
        f"/admin/championship/season/{season.pk}/publish/",
        f"/admin/championship/event/add/?season={season.pk}",
        f"/admin/championship/entry/?season__id__exact={season.pk}",
    } <= links(answer)
    assert "1 car, not yet published" in answer.content.decode()


def test_an_editor_reads_it_without_the_buttons():
    season = make.make_season(is_current=True)
    event = make.make_event(season)
    make.make_event_entry(event, make.make_entry(make.make_race_class(season)))
    found = links(signed_in("editor", "Editor").get("/admin/"))
    assert f"/admin/championship/event/{event.pk}/change/" in found
    offered = {link for link in found if "/add/" in link or "/publish/" in link}
    assert offered <= {"/admin/championship/picture/add/", "/admin/news/story/add/"}


def test_without_a_current_season_it_says_what_to_do():
    assert "add the first season" in signed_in("official").get("/admin/").content.decode()


def test_another_season_is_chosen_by_its_slug():
    make.make_season(is_current=True)
    other = make.make_season("2031-32")
    client = signed_in("official")
    assert client.get("/admin/?season=2031-32").context["work"].pk == other.pk
    for nonsense in ("x", "%00", "1" * 9000):
        assert client.get(f"/admin/?season={nonsense}").context["work"].label == "2030/31"


def test_somebody_without_any_right_gets_an_empty_page():
    answer = signed_in("nobody", "").get("/admin/")
    assert answer.context["work"] is None
    assert answer.status_code == 200
