from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import ValidationError

from championship.services.saving import save
from news.models import Partner
from news.selectors.partners import partners
from tests import factories as make
from tests.news_factories import make_partner

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _noon(settings):
    settings.SITE_NOW = datetime(2030, 12, 7, 12, tzinfo=UTC)


def names():
    return [one.name for one in partners()]


def test_partners_are_shown_from_their_first_day_to_their_last_in_their_order():
    make_partner("Second", place=2)
    make_partner("First", place=1, starts_on=date(2030, 12, 7), ends_on=date(2030, 12, 7))
    make_partner("Also second", place=2)
    make_partner("Over", ends_on=date(2030, 12, 6))
    make_partner("Not yet", starts_on=date(2030, 12, 8))
    assert names() == ["First", "Also second", "Second"]


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"starts_on": date(2030, 2, 1), "ends_on": date(2030, 1, 1)}, "The last day is before the first one."),
        ({"url": "javascript:alert(1)"}, "Enter a valid URL."),
        ({"url": "ftp://rubber.example"}, "Enter a valid URL."),
    ],
)
def test_what_cannot_be_is_refused(values, message):
    with pytest.raises(ValidationError, match=message):
        make_partner(**values)
    assert not Partner.objects.exists()


def test_a_picture_for_editorial_use_is_no_logo_also_when_it_becomes_one_later():
    with pytest.raises(ValidationError, match="for editorial use only"):
        make_partner(logo=make.make_picture(licence="editorial"))
    picture = make.make_picture(shade=1, alt="A wheel")
    make_partner(logo=picture)
    assert [(one.logo.alt, one.logo.src != "") for one in partners()] == [("", True)]
    picture.licence = "editorial"
    save(picture)
    assert [one.logo for one in partners()] == [None]


def test_a_partner_has_a_history_and_counts_as_a_use_of_its_logo():
    picture = make.make_picture()
    partner = make_partner(logo=picture)
    partner.words = "Brings the tyres."
    save(partner, reason="Said what it does")
    assert [row.history_change_reason for row in partner.history.all()] == ["Said what it does", ""]
    assert (list(picture.uses()), str(partner)) == ([partner], "Rubber")
