import pytest

from championship.selectors.pictures import LEAD, SQUARE, picture_uses, shown_picture, thumbnail_url
from tests import factories as make

pytestmark = pytest.mark.django_db


def test_a_picture_is_shown_in_all_its_widths():
    picture = make.make_picture(size=(1000, 800), licence="cc-by-4.0")
    shown = shown_picture(picture)
    base = f"/pictures/{picture.name}"
    assert (shown.alt, shown.credit) == ("Cars at the start", "A. Photographer")
    assert (shown.licence, shown.licence_url) == ("CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/")
    assert (shown.width, shown.height, shown.src) == (960, 768, f"{base}-960.jpg")
    assert shown.avif == f"{base}-320.avif 320w, {base}-640.avif 640w, {base}-960.avif 960w"
    assert shown.jpeg == f"{base}-320.jpg 320w, {base}-640.jpg 640w, {base}-960.jpg 960w"


def test_a_crop_has_its_own_files():
    picture = make.make_picture(size=(400, 400))
    lead, square = shown_picture(picture, LEAD), shown_picture(picture, SQUARE)
    assert (lead.width, lead.height) == (320, 180)
    assert (
        square.avif == f"/pictures/{picture.name}-square-160.avif 160w, /pictures/{picture.name}-square-320.avif 320w"
    )
    assert thumbnail_url(picture) == f"/admin/championship/picture/files/{picture.name}-square-160.jpg"


def test_an_arrangement_with_the_owner_is_nobodys_business():
    shown = shown_picture(make.make_picture(licence="permission"))
    assert (shown.licence, shown.licence_url) == ("", "")


def test_no_picture_is_no_picture():
    assert shown_picture(None) is None


def test_uses_are_told_by_kind_and_name_with_their_addresses():
    picture = make.make_picture()
    assert picture_uses(picture) == ()
    make.make_team("iron-lynx", logo=picture)
    make.make_driver("ada-moor", portrait=picture)
    make.make_team("af-corse", logo=picture)
    assert [(use.kind, use.name, use.url) for use in picture_uses(picture)] == [
        ("Driver", "Ada Moor", "/drivers/ada-moor/"),
        ("Team", "Af Corse", "/teams/af-corse/"),
        ("Team", "Iron Lynx", "/teams/iron-lynx/"),
    ]


def test_what_has_no_page_of_its_own_is_a_use_too(monkeypatch):
    picture = make.make_picture()
    make.make_team("iron-lynx", logo=picture)
    monkeypatch.delattr("championship.models.Team.get_absolute_url")
    assert [use.url for use in picture_uses(picture)] == [""]
