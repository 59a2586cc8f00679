import re

import pytest

from championship import stamp
from tests import factories as make

pytestmark = pytest.mark.django_db


def test_every_class_of_every_season_has_its_colours(client):
    make.make_race_class(make.make_season("2029-30"), "GT", plate_colour="#F28C00", plate_ink="#000000")
    make.make_race_class(make.make_season())
    response = client.get(f"/classes-{stamp.current()}.css")
    assert response["Content-Type"] == "text/css; charset=utf-8"
    assert response.content.decode() == (
        ".rc-2030-31-lmp2{--class-plate:#0B4EA2;--class-ink:#FFFFFF;--class-accent-dark:#62A8FF}\n"
        ".rc-2029-30-gt{--class-plate:#F28C00;--class-ink:#000000;--class-accent-dark:#62A8FF}\n"
    )


def test_only_the_stylesheet_of_the_present_stamp_is_kept_for_good(client):
    make.make_race_class(make.make_season())
    now = stamp.current()
    assert client.get(f"/classes-{now}.css")["Cache-Control"] == "public, max-age=31536000, immutable"
    for other in (now - 1, now + 1, 10**30):
        response = client.get(f"/classes-{other}.css")
        assert "rc-2030-31-lmp2" in response.content.decode()
        assert "max-age=5," in response["Cache-Control"]


def test_pages_ask_for_the_stylesheet_of_the_present_stamp(client):
    race_class = make.make_race_class(make.make_season())
    page = client.get("/2030-31/").content.decode()
    assert re.findall(r"/classes-(\d+)\.css", page) == [str(stamp.current())]
    race_class.plate_colour = "#123456"
    race_class.save()
    page = client.get("/2030-31/").content.decode()
    address = re.search(r"/classes-\d+\.css", page).group()
    assert "--class-plate:#123456" in client.get(address).content.decode()
