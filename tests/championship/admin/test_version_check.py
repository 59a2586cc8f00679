"""Two officials on one page: the second is told, and nothing of either is lost."""

import pytest

from championship.admin import base, forms
from championship.models import CrewMember, Entry
from championship.services import saving
from tests import factories as make
from tests.championship.admin.posting import errors_of, fields_of, fill, send, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def entry():
    race_class = make.make_race_class(make.make_season())
    return make.make_entry(race_class, "7", crew=2, team=make.make_team("alpha"), source="First list")


@pytest.fixture
def address(entry):
    return f"/admin/championship/entry/{entry.pk}/change/"


def both_open(address):
    anna, ben = signed_in("anna"), signed_in("ben")
    return anna, fields_of(anna.get(address), "entry_form"), ben, fields_of(ben.get(address), "entry_form")


def test_the_second_of_two_is_told_and_keeps_the_typing(entry, address):
    anna, hers, ben, his = both_open(address)
    answer, _ = send(anna, address, hers, car_number="8", change_reason="New plate")
    assert answer.status_code == 302
    answer, _ = send(ben, address, his, car_number="9")
    assert answer.status_code == 200
    entry.refresh_from_db()
    assert entry.car_number == "8"
    (difference,) = answer.context["differences"]
    assert (difference.label, difference.mine, difference.theirs) == ("Car number", "9", "8")
    assert difference.last_change.who == "anna"
    assert difference.last_change.when is not None
    assert fields_of(answer, "entry_form")["car_number"] == "9"


def test_the_second_can_save_on_top_knowingly(entry, address):
    anna, hers, ben, his = both_open(address)
    send(anna, address, hers, car_number="8")
    answer, _ = send(ben, address, his, car_number="9")
    answer, _ = send(ben, address, fields_of(answer, "entry_form"))
    assert answer.status_code == 302
    entry.refresh_from_db()
    assert entry.car_number == "9"
    assert entry.version == 3


def test_what_the_second_did_not_touch_follows_the_first(entry, address):
    anna, hers, ben, his = both_open(address)
    send(anna, address, hers, source="Second list")
    answer, _ = send(ben, address, his, car_number="9")
    (difference,) = answer.context["differences"]
    assert (difference.label, difference.mine, difference.theirs) == ("Source", None, "Second list")
    send(ben, address, fields_of(answer, "entry_form"))
    entry.refresh_from_db()
    assert (entry.car_number, entry.source) == ("9", "Second list")


def test_a_third_save_between_is_told_again(entry, address):
    anna, hers, ben, his = both_open(address)
    send(anna, address, hers, car_number="8")
    told, _ = send(ben, address, his, car_number="9")
    fill(anna, address, "entry_form", car_number="10")
    answer, _ = send(ben, address, fields_of(told, "entry_form"))
    assert answer.status_code == 200
    assert [d.theirs for d in answer.context["differences"]] == ["10"]


def test_without_the_check_an_update_is_lost(entry, address, monkeypatch):
    """The negative control."""
    anna, hers, ben, his = both_open(address)
    for module in (base, forms):
        monkeypatch.setattr(module, "is_stale", lambda row, posted: False)
    send(anna, address, hers, source="Second list")
    answer, _ = send(ben, address, his, car_number="9")
    assert answer.status_code == 302
    entry.refresh_from_db()
    assert entry.source == "First list"


def test_a_form_that_says_no_version_is_not_saved(entry, address):
    anna = signed_in("anna")
    fields = fields_of(anna.get(address), "entry_form")
    for seen in (None, "", "0", "-1", "1" * 40, "١", "abc\x00"):
        answer, _ = send(anna, address, fields, car_number="9", seen_version=seen)
        assert answer.status_code == 200
    entry.refresh_from_db()
    assert entry.car_number == "7"


def test_the_check_covers_the_crew_below_the_page(entry, address):
    anna, hers, ben, his = both_open(address)
    ada, bo = make.make_driver("ada-nova"), make.make_driver("bo-rey")
    send(anna, address, hers, crew__0__driver=ada.pk)
    answer, _ = send(ben, address, his, crew__0__driver=bo.pk)
    assert answer.status_code == 200
    (difference,) = answer.context["differences"]
    assert (difference.where, difference.mine, difference.theirs) == ("Seat 1", "Bo Rey", "Ada Nova")
    assert entry.crew.get(seat=1).driver == ada
    send(ben, address, fields_of(answer, "entry_form"))
    assert entry.crew.get(seat=1).driver == bo


def test_seats_that_both_added_meet_in_the_form(entry, address):
    anna, hers, ben, his = both_open(address)
    ada, bo = make.make_driver("ada-nova"), make.make_driver("bo-rey")
    send(anna, address, hers, crew__2__driver=ada.pk, crew__2__rating="gold")
    answer, _ = send(ben, address, his, crew__2__driver=bo.pk, crew__2__rating="silver")
    assert [(d.where, d.theirs) for d in answer.context["differences"]] == [("Seat 3", "added")]
    fields = fields_of(answer, "entry_form")
    assert [fields[f"crew-{row}-driver"] for row in (2, 3)] == [str(ada.pk), str(bo.pk)]
    answer, _ = send(ben, address, fields)
    assert "Seat 3 is in the crew twice." in errors_of(answer)
    answer, _ = send(ben, address, fields_of(answer, "entry_form"), crew__3__seat="4")
    assert answer.status_code == 302
    assert [(m.seat, m.driver) for m in entry.crew.all()][2:] == [(3, ada), (4, bo)]


def test_a_seat_that_the_first_deleted_comes_back_only_if_the_second_was_changing_it(entry, address):
    anna, hers, ben, his = both_open(address)
    bo = make.make_driver("bo-rey")
    send(anna, address, hers, crew__1__DELETE="on")
    untouched, _ = send(ben, address, his, car_number="9")
    assert [(d.where, d.mine, d.theirs) for d in untouched.context["differences"]] == [("Seat 2", None, "deleted")]
    assert fields_of(untouched, "entry_form")["crew-INITIAL_FORMS"] == "1"
    changing, _ = send(ben, address, his, crew__1__driver=bo.pk)
    answer, _ = send(ben, address, fields_of(changing, "entry_form"))
    assert answer.status_code == 302
    assert entry.crew.get(seat=2).driver == bo


def test_sessions_and_rounds_are_covered_too():
    season = make.make_season()
    round_ = make.make_round(make.make_event(season))
    address = f"/admin/championship/event/{round_.event_id}/change/"
    anna, ben = signed_in("anna"), signed_in("ben")
    his = fields_of(ben.get(address), "event_form")
    fill(anna, address, "event_form", sessions__0__start_time="15:00", rounds__0__number="2")
    answer, _ = send(ben, address, his, sessions__0__start_time="16:00", note="Bring a hat")
    assert [(d.label, d.mine, d.theirs) for d in answer.context["differences"]] == [
        ("Start (track time)", "16:00", "15:00"),
        ("Number", None, "2"),
    ]
    answer, _ = send(ben, address, fields_of(answer, "event_form"))
    assert answer.status_code == 302
    round_.refresh_from_db()
    assert (round_.number, round_.race_session.starts_at_track.hour) == (2, 16)
    assert round_.event.note == "Bring a hat"


def test_an_entry_changed_meanwhile_is_not_deleted_unseen(entry, address):
    anna, ben = signed_in("anna"), signed_in("ben")
    deletion = address.replace("change", "delete")
    confirmation = fields_of(ben.get(deletion))
    fill(anna, address, "entry_form", car_number="8")
    answer, _ = send(ben, deletion, confirmation)
    assert answer.status_code == 302
    assert Entry.objects.filter(pk=entry.pk).exists()
    answer, _ = fill(ben, deletion)
    assert not Entry.objects.filter(pk=entry.pk).exists()


def test_a_service_refuses_a_stale_version_by_itself(entry):
    saving.save(Entry.objects.get(pk=entry.pk), seen_version=1)
    with pytest.raises(saving.StaleVersionError):
        saving.save(Entry.objects.get(pk=entry.pk), seen_version=1)


def test_a_collision_in_the_database_becomes_a_message(monkeypatch):
    """Two people add the same car at the same moment: the check of the second still saw no such car."""
    race_class = make.make_race_class(make.make_season())
    client = signed_in("anna")
    team, model = make.make_team(), make.make_car_model()
    real, calls = saving.save, []

    def collide(instance, **kwargs):
        if not calls:
            calls.append(instance)
            raise base.IntegrityError
        return real(instance, **kwargs)

    monkeypatch.setattr(saving, "save", collide)
    answer, _ = fill(
        client,
        f"/admin/championship/entry/add/?season={race_class.season_id}",
        "entry_form",
        season=race_class.season_id,
        car_number="7",
        race_class=race_class.pk,
        team=team.pk,
        car_model=model.pk,
    )
    assert answer.status_code == 302
    assert Entry.objects.count() == 1
    assert CrewMember.objects.count() == 0
