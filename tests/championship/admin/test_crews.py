import pytest

from championship.models import EventEntry
from tests import factories as make
from tests.championship.admin.posting import errors_of, fields_of, fill, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def event_entry():
    season = make.make_season()
    entry = make.make_entry(make.make_race_class(season), "7")
    return make.make_event_entry(make.make_event(season), entry, crew=3)


def change(event_entry, **typed):
    address = f"/admin/championship/evententry/{event_entry.pk}/change/"
    return fill(signed_in("official"), address, "evententry_form", **typed)[0]


def crew(event_entry):
    return [(member.seat, member.driver_id) for member in event_entry.crew.order_by("seat")]


def test_a_driver_sits_once_and_the_message_stands_beside_the_driver(event_entry):
    first = event_entry.crew.get(seat=1).driver
    answer = change(event_entry, crew__2__driver=first.pk)
    formset = answer.context["inline_admin_formsets"][0].formset
    assert formset.errors[2] == {"driver": [f"{first} has seat 1 of this car already."]}


@pytest.mark.parametrize(
    ("seat", "message"),
    [("5", "Seat 3 is missing: count the seats from 1 without gaps."), ("2", "Seat 2 is in the crew twice.")],
)
def test_seats_count_from_1(event_entry, seat, message):
    answer = change(event_entry, crew__2__seat=seat)
    assert answer.context["inline_admin_formsets"][0].formset.errors[2] == {"seat": [message]}


def test_a_named_seat_needs_its_driver_and_an_announced_one_none(event_entry):
    answer = change(event_entry, crew__0__driver="", crew__1__status="to_be_announced")
    assert errors_of(answer) == [
        "Choose the driver, or set the seat to “To be announced”.",
        "A driver is chosen, so the seat is named. Set it to “Named” or clear the driver.",
    ]


def test_a_seat_may_become_to_be_announced_with_its_rating(event_entry):
    assert change(event_entry, crew__2__driver="", crew__2__status="to_be_announced").status_code == 302
    member = event_entry.crew.get(seat=3)
    assert (member.driver, member.status, member.rating) == (None, "to_be_announced", "gold")


def test_two_drivers_swap_seats_and_the_history_tells_only_that(event_entry):
    one, two, three = (driver for _, driver in crew(event_entry))
    assert change(event_entry, crew__0__driver=two, crew__1__driver=one).status_code == 302
    assert crew(event_entry) == [(1, two), (2, one), (3, three)]
    members = list(event_entry.crew.order_by("seat"))
    assert [member.history.count() for member in members] == [2, 2, 1]


def test_seats_may_be_renumbered(event_entry):
    one, two, three = (driver for _, driver in crew(event_entry))
    assert change(event_entry, crew__0__seat="3", crew__2__seat="1").status_code == 302
    assert crew(event_entry) == [(1, three), (2, two), (3, one)]


def test_a_seat_is_deleted_and_an_untouched_empty_row_is_none(event_entry):
    assert change(event_entry, crew__2__DELETE="on").status_code == 302
    assert [seat for seat, _ in crew(event_entry)] == [1, 2]


def test_saving_an_unchanged_page_writes_no_seat(event_entry):
    assert change(event_entry).status_code == 302
    assert [member.history.count() for member in event_entry.crew.all()] == [1, 1, 1]


def test_the_reason_stands_in_the_history_of_car_and_crew(event_entry):
    driver = make.make_driver("bo-rey")
    change(event_entry, crew__0__driver=driver.pk, change_reason="Licence granted")
    event_entry.refresh_from_db()
    assert event_entry.history.latest().history_change_reason == "Licence granted"
    record = event_entry.crew.get(seat=1).history.latest()
    assert (record.history_change_reason, record.history_user.username) == ("Licence granted", "official")


def test_a_car_is_entered_once_for_an_event(event_entry):
    address = f"/admin/championship/evententry/add/?event={event_entry.event_id}"
    answer, _ = fill(signed_in("official"), address, "evententry_form", entry=event_entry.entry_id)
    assert errors_of(answer) == ["This car is entered for this event already."]
    assert EventEntry.objects.count() == 1


def test_an_entry_offers_the_classes_of_its_season_only():
    entry = make.make_entry(make.make_race_class(make.make_season()))
    make.make_race_class(make.make_season("2031-32"))
    answer = signed_in("official").get(f"/admin/championship/entry/{entry.pk}/change/")
    assert list(answer.context["adminform"].form.fields["race_class"].queryset) == [entry.race_class]


def test_a_car_number_taken_in_the_season_is_refused_although_the_season_is_read_only():
    race_class = make.make_race_class(make.make_season())
    entry = make.make_entry(race_class, "7")
    make.make_entry(race_class, "8")
    address = f"/admin/championship/entry/{entry.pk}/change/"
    answer, _ = fill(signed_in("official"), address, "entry_form", car_number="8")
    assert errors_of(answer) == ["This car number is taken in this season."]
    assert "season" not in fields_of(signed_in("official").get(address), "entry_form")


def test_points_of_two_positions_cannot_be_exchanged_by_position():
    settings = make.make_points_settings(make.make_season())
    address = f"/admin/championship/pointssettings/{settings.pk}/change/"
    answer, _ = fill(
        signed_in("official"), address, "pointssettings_form", scale__0__position="2", scale__1__position="1"
    )
    said = "{} belongs to another row. Change the other values of that row instead."
    assert errors_of(answer) == [said.format(2), said.format(1)]
