"""The pages that can show a picture of the library, with one and without."""

import pytest

from championship.models import Circuit, Driver, Entry, Event, Team
from championship.selectors.pictures import LEAD, PORTRAIT, WHOLE, shown_picture
from tests import factories as make
from tests.reading import queries_of, text_of

pytestmark = pytest.mark.django_db

PAGES = {
    "/teams/proton-competition/": (Team, {"slug": "proton-competition"}, "logo", WHOLE),
    "/drivers/louis-deletraz/": (Driver, {"slug": "louis-deletraz"}, "portrait", PORTRAIT),
    "/2023-24/entries/99/": (Entry, {"car_number": "99"}, "livery", LEAD),
    "/circuits/sepang/": (Circuit, {"slug": "sepang"}, "lead_picture", LEAD),
    "/2023-24/sepang/": (Event, {"slug": "sepang"}, "lead_picture", LEAD),
}


@pytest.mark.parametrize("address", PAGES)
def test_a_page_shows_its_picture_with_the_credit_and_is_whole_without(client, real_season, address):
    model, row, field, crop = PAGES[address]
    before = client.get(address).content.decode()
    queries = queries_of(client, address)
    assert "<picture>" not in before
    assert "Picture:" not in before
    picture = make.make_picture(size=(700, 700), licence="cc-by-4.0")
    model.objects.filter(**row).update(**{field: picture})
    response = client.get(address)
    html = response.content.decode()
    shown = shown_picture(picture, crop)
    assert f'src="{shown.src}"' in html
    assert 'alt="Cars at the start" fetchpriority="high"' in html
    assert "Picture: A. Photographer, CC BY 4.0" in text_of(response)
    assert queries_of(client, address) == queries


def test_a_car_that_only_results_know_shows_its_livery(client, settings):
    from datetime import UTC, datetime

    from tests import result_factories as results

    settings.SITE_NOW = datetime(2031, 6, 1, tzinfo=UTC)
    season = make.make_season()
    make.make_points_settings(season)
    race_class = make.make_race_class(season)
    make.make_title(race_class)
    round_ = make.make_round(make.make_event(season))
    entry = make.make_entry(race_class, "7", livery=make.make_picture())
    make.make_event_entry(round_.event, entry)
    results.publish_results(round_, ["7"])
    assert "<picture>" in client.get("/2030-31/entries/7/").content.decode()


def test_a_logo_whose_owner_asks_for_no_credit_has_none(client, real_season):
    Team.objects.filter(slug="proton-competition").update(logo=make.make_picture(licence="permission"))
    assert "Picture:" not in text_of(client.get("/teams/proton-competition/"))
