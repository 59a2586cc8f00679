"""What lead pictures are drawn of: the record as it was public at the moment of the story."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from championship.models import EntryListLine
from news.record import Drawing
from news.services import lead_pictures
from news.services.lead_pictures import NothingToDrawError, days, draw

pytestmark = pytest.mark.django_db
AFTER = datetime(2024, 3, 1, tzinfo=UTC)


def drawing(kind, *of, after=None, heading=""):
    return Drawing(title="T", alt="A", kind=kind, of=of, after=after, heading=heading)


@pytest.fixture
def shown(monkeypatch):
    """What was given to the pens."""
    found = []
    for name in ("draw_calendar", "draw_venue", "draw_cars", "draw_entry_list", "draw_prizes", "draw_chart"):
        monkeypatch.setattr(lead_pictures, name, lambda what, **_: found.append(what) or b"picture")
    return found


def test_one_event_is_its_circuit_and_several_are_a_calendar(real_season, shown):
    assert draw(drawing("outlines", "2023-24/sepang"), at=AFTER).content == b"picture"
    draw(drawing("outlines", "2023-24/dubai", "2023-24/abu-dhabi"), at=AFTER)
    sepang, (dubai, abu_dhabi) = shown
    assert (sepang.name, sepang.line, sepang.figure) == ("sepang", "5.543 km · 2 and 3 December 2023", "1+2")
    assert (dubai.name, dubai.line, dubai.figure) == ("dubai", "4 February 2024", "3")
    assert (abu_dhabi.name, abu_dhabi.figure) == ("abu dhabi", "4+5")


def test_an_entry_list_has_the_cars_that_were_on_it(real_season, shown):
    before = datetime(2023, 10, 1, tzinfo=UTC)
    draw(drawing("entry_list", "2023-24"), at=AFTER)
    assert len(shown[0]) == EntryListLine.objects.filter(entry_list__event=None).count() == 39
    assert [plate.race_class_name for plate in shown[0]] == ["LMP2"] * 11 + ["LMP3"] * 5 + ["GT"] * 23
    with pytest.raises(NothingToDrawError):
        draw(drawing("entry_list", "2023-24"), at=before)


def test_cars_stand_in_the_order_asked_for(real_season, shown):
    draw(drawing("plates", "2023-24/91", "2023-24/4"), at=AFTER)
    assert [(card.plate.car_number, card.name) for card in shown[0]] == [
        ("91", "Pure Rxcing"),
        ("4", "Crowdstrike Racing by APR"),
    ]


def test_each_title_leads_to_its_race(real_season, shown):
    draw(drawing("invitations", "2023-24"), at=AFTER)
    assert [(prize.race_class_name, prize.race, prize.line) for prize in shown[0]] == [
        ("LMP2", ("24 Hours", "of Le Mans"), "Invitation"),
        ("LMP3", ("Road to", "Le Mans"), "Priority for a place on the grid"),
        ("GT", ("24 Hours", "of Le Mans"), "Invitation"),
    ]


def test_a_chart_knows_no_more_than_the_public_did(real_results, shown):
    chart = drawing("chart", "2023-24/gt-teams")
    draw(chart, at=AFTER)
    draw(drawing("chart", "2023-24/gt-teams", after=2), at=AFTER)
    # Between the provisional result of the last race and the official one.
    draw(chart, at=datetime(2024, 2, 11, 17, tzinfo=UTC))
    leads = [[one.totals[-1] for one in fight.contenders if one.is_bright] for fight in shown]
    assert leads == [[Decimal(76), Decimal(74)], [Decimal(44), Decimal(33)], [Decimal(73), Decimal(67)]]
    assert [len(fight.rounds) for fight in shown] == [5, 2, 5]
    with pytest.raises(NothingToDrawError, match=r"There was nothing public yet to draw of 2023-24/gt-teams\."):
        draw(chart, at=datetime(2023, 12, 1, tzinfo=UTC))


@pytest.mark.parametrize(
    "wrong",
    [
        drawing("outlines", "2023-24/nowhere"),
        drawing("plates", "2023-24/100"),
        drawing("entry_list", "2024-25"),
        drawing("invitations", "2024-25"),
        drawing("chart", "2023-24/gtp-teams"),
    ],
)
def test_what_is_not_there_is_not_drawn(real_season, wrong):
    with pytest.raises(NothingToDrawError):
        draw(wrong, at=AFTER)


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (date(2024, 2, 4), date(2024, 2, 4), "4 February 2024"),
        (date(2024, 2, 10), date(2024, 2, 11), "10 and 11 February 2024"),
        (date(2024, 2, 9), date(2024, 2, 11), "9, 10 and 11 February 2024"),
        (date(2024, 1, 31), date(2024, 2, 2), "31 January to 2 February 2024"),
        (date(2023, 12, 31), date(2024, 1, 1), "31 December 2023 to 1 January 2024"),
    ],
)
def test_days_in_words(first, last, words):
    assert days(first, last) == words
