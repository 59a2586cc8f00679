"""A decision at the desk: entered by the number of the car, seen in its consequence, saved, published, taken back."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from championship.models import ClassificationDraft, Decision, Document
from championship.rules.decisions import Effect
from tests import factories as make
from tests import result_factories as results
from tests.championship.admin.posting import fields_of, send, signed_in

pytestmark = pytest.mark.django_db

FORM = "decision-form"
FILE = ["7", "22", "99"]


@pytest.fixture(autouse=True)
def later(settings):
    settings.SITE_NOW = datetime(2031, 6, 1, tzinfo=UTC)


@pytest.fixture
def session():
    return results.make_racing_season(rounds=1).rounds.get().race_session


@pytest.fixture
def client():
    return signed_in("anna")


def address(session, name="desk_decision_add", *args):
    event = session.event
    return reverse(f"admin:{name}", args=[event.season.slug, event.slug, session.slug, *args])


def page_of(decision, name="desk_decision"):
    return address(decision.session, name, decision.slug)


def enter(client, session, car="7", **typed):
    """Enter a decision and save it, as a browser does without any script."""
    fields = fields_of(client.get(address(session)), FORM)
    return send(client, address(session), fields, event_entry=car, **typed)[0]


def change(client, decision, **typed):
    return send(client, page_of(decision), fields_of(client.get(page_of(decision)), FORM), **typed)[0]


def time_added(seconds="15"):
    return {"effects__0__kind": "time_added", "effects__0__time": seconds}


def effects(decision):
    return [effect.as_effect() for effect in decision.effects.all()]


def refusals(response):
    form, rows = response.context["form"], response.context["effects"]
    found = [text for texts in form.errors.values() for text in texts]
    return found + [text for errors in rows.errors for texts in errors.values() for text in texts]


def said(client, response):
    return [str(message) for message in client.get(response.url).context["messages"]]


def test_a_decision_is_entered_by_the_number_of_the_car(client, session):
    typed = {"fact": "Contact  with\ncar 22", "offence": "Article 27", "reason": "Avoidable", "fact_at": "1405"}
    answer = enter(client, session, " 7 ", **typed, **time_added("15"))
    decision = Decision.objects.get()
    assert answer.url == page_of(decision)
    assert said(client, answer) == ["Saved the decision on car 7."]
    assert (decision.slug, decision.order, decision.session, decision.number) == ("car-7", 1, session, "")
    assert (decision.fact, decision.offence, decision.reason) == ("Contact with car 22", "Article 27", "Avoidable")
    # 14:05 at the track, on the day of the session.
    assert decision.fact_at == datetime(2030, 12, 5, 6, 5, tzinfo=UTC)
    assert effects(decision) == [Effect(kind="time_added", time=15_000)]
    assert decision.history.get().history_user.username == "anna"
    enter(client, session, "7")
    enter(client, session, "22")
    assert list(Decision.objects.order_by("order").values_list("slug", "order")) == [
        ("car-7", 1),
        ("car-7-2", 2),
        ("car-22", 3),
    ]


@pytest.mark.parametrize(
    ("typed", "stored", "shown"),
    [
        ("14:05", "06:05:00", "14:05:00"),
        ("140532", "06:05:32", "14:05:32"),
        ("14.05.32", "06:05:32", "14:05:32"),
        ("2030-12-06 00:10", "16:10:00", "2030-12-06 00:10:00"),
        ("2030-12-05T14:05", "06:05:00", "14:05:00"),
    ],
)
def test_the_time_of_the_fact_is_typed_as_it_is_read_from_the_clock(client, session, typed, stored, shown):
    enter(client, session, fact_at=typed)
    decision = Decision.objects.get()
    assert f"{decision.fact_at.astimezone(UTC):%H:%M:%S}" == stored
    assert fields_of(client.get(page_of(decision)), FORM)["fact_at"] == shown
    change(client, decision, number="")
    decision.refresh_from_db()
    assert f"{decision.fact_at.astimezone(UTC):%H:%M:%S}" == stored


def test_a_session_without_a_day_needs_it_with_the_time(client, session):
    type(session).objects.filter(pk=session.pk).update(date=None, starts_at=None, start_status="not_on_record")
    answer = enter(client, session, fact_at="14:05")
    assert refusals(answer) == ["Enter a day and a time, such as 2023-12-02 14:05."]
    assert enter(client, session, fact_at="2030-12-05 14:05").status_code == 302


REFUSED = [
    ({"event_entry": ""}, "This field is required."),
    ({"event_entry": "500"}, "Car 500 is not entered at this event. Type a number of the entry list."),
    ({"fact_at": "25:05"}, "There is no such time. Type it as on the clock: 14:05 or 14:05:32."),
    ({"fact_at": "soon"}, "Enter a day and a time, such as 2023-12-02 14:05."),
    ({"fact_at": "0001-01-01 00:10"}, "There is no such year. Enter a day such as 2023-12-02 14:05."),
    ({"effects__0__kind": "time_added"}, "Enter the time that is added."),
    ({"effects__0__kind": "drive_through"}, "Enter the time that is added."),
    ({"effects__0__kind": "laps_removed"}, "Enter how many laps are removed."),
    ({"effects__0__kind": "reinstated"}, "Enter the status that the car gets back."),
    (
        {"effects__0__kind": "grid_dropped", "effects__0__positions": "3"},
        "Say on the grid of which race the places are lost.",
    ),
    (
        {"effects__0__kind": "fine", "effects__0__amount": "500"},
        "Enter both the amount and its currency, or neither.",
    ),
    (
        {"effects__0__kind": "fine", "effects__0__amount": "500", "effects__0__currency": "Euro"},
        "Ensure this value has at most 3 characters (it has 4).",
    ),
    ({"reason": "x" * 501}, "Ensure this value has at most 500 characters (it has 501)."),
]


def test_what_is_wrong_is_said_and_all_that_was_typed_stays(client, session):
    fields = fields_of(client.get(address(session)), FORM) | {"event_entry": "7", "offence": "Article 27"}
    del fields["csrfmiddlewaretoken"]
    for typed, message in REFUSED:
        answer, sent = send(client, address(session), fields, **typed)
        assert message in refusals(answer), typed
        again = fields_of(answer, FORM)
        assert {name: again[name] for name in sent} == sent
    assert not Decision.objects.exists()


def test_each_kind_of_effect_is_kept(client, session):
    typed = [
        ({"kind": "drive_through", "time": "25"}, Effect(kind="drive_through", time=25_000)),
        ({"kind": "stop_and_go", "time": "1:00"}, Effect(kind="stop_and_go", time=60_000)),
        ({"kind": "positions_dropped", "positions": "2"}, Effect(kind="positions_dropped", positions=2)),
        (
            {"kind": "grid_dropped", "positions": "3", "race": "Race 2"},
            Effect(kind="grid_dropped", positions=3, race="Race 2"),
        ),
        ({"kind": "fine", "amount": "500", "currency": "EUR"}, Effect(kind="fine", amount=500, currency="EUR")),
        ({"kind": "fine"}, Effect(kind="fine")),
        (
            {"kind": "lap_time_deleted", "best_lap_time": "1:46.5", "best_lap_number": "4"},
            Effect(kind="lap_time_deleted", best_lap_time=106_500, best_lap_number=4),
        ),
        ({"kind": "reprimand"}, Effect(kind="reprimand")),
    ]
    rows = {
        f"effects__{index}__{name}": value for index, (cells, _) in enumerate(typed) for name, value in cells.items()
    }
    answer = enter(client, session, effects__TOTAL_FORMS=len(typed), **rows)
    assert answer.status_code == 302, refusals(answer)
    assert effects(Decision.objects.get()) == [effect for _, effect in typed]


def test_the_consequence_is_shown_before_anything_is_saved(client, session):
    results.publish_results(session, FILE, status="provisional")
    answer = enter(client, session, preview="1", **time_added())
    found = answer.context["found"]
    assert [(row.car.car_number, row.after.class_position) for row in found.places] == [("22", 1), ("7", 2)]
    assert next(title.leaders for title in found.titles) == (("car 7",), ("car 22",))
    page = answer.content.decode()
    assert "What this decision changes" in page
    assert fields_of(answer, FORM)["effects-0-time"] == "15"
    assert not Decision.objects.exists()
    # The same form is then saved as a new one.
    again, _ = send(client, address(session), fields_of(answer, FORM))
    assert again.status_code == 302
    assert effects(Decision.objects.get()) == [Effect(kind="time_added", time=15_000)]


def test_a_preview_says_when_nothing_can_be_moved_or_known(client, session):
    assert "no list is published or begun" in enter(client, session, preview="1", **time_added()).content.decode()
    results.publish_results(session, ["22", "99"], status="provisional")
    answer = enter(client, session, preview="1", **time_added())
    assert "A decision is about car 7, which is not in the list" in answer.content.decode()
    answer = enter(client, session, car="500", preview="1")
    assert refusals(answer) == ["Car 500 is not entered at this event. Type a number of the entry list."]


def test_a_preview_says_why_the_version_that_stands_cannot_be_revised(client, session):
    results.publish_results(session, FILE)
    gt = make.make_race_class(session.event.season, "GT", position=2)
    session.event.season.entries.filter(car_number="7").update(race_class=gt)
    answer = enter(client, session, "22", preview="1", **time_added())
    assert "Car 7 was in the class LMP2 in v1" in refusals(answer)[0]
    saved = enter(client, session, "22", **time_added())
    assert said(client, saved)[0].startswith("The next version could not be begun. Car 7 was in the class LMP2")
    assert Decision.objects.exists()


def test_a_saved_decision_is_in_the_next_version_at_once(client, session):
    results.publish_results(session, FILE, status="provisional")
    answer = enter(client, session, **time_added())
    assert said(client, answer) == [
        "Saved the decision on car 7. The next version of the list has it: look at the desk."
    ]
    assert ClassificationDraft.objects.get().cause == "Decision on car 7"
    desk = client.get(address(session, "desk")).content.decode()
    assert "Publish as provisional v2" in desk


def test_a_decision_is_corrected_suspended_and_withdrawn(client, session):
    results.publish_results(session, FILE, status="provisional")
    enter(client, session, **time_added())
    decision = Decision.objects.get()
    for status in ("suspended", "withdrawn", "applied"):
        assert change(client, decision, status=status, change_reason="Appeal").status_code == 302
        decision.refresh_from_db()
        assert decision.status == status
    assert decision.history.first().history_change_reason == "Appeal"
    change(client, decision, effects__0__time="20")
    assert effects(decision) == [Effect(kind="time_added", time=20_000)]
    change(client, decision, effects__0__DELETE="on")
    assert effects(decision) == []


def test_two_who_change_a_decision_keep_their_work(client, session):
    decision = results.make_decision(session, "7", {"kind": "time_added", "time": 5_000})
    mine = fields_of(client.get(page_of(decision)), FORM)
    change(signed_in("ben"), decision, event_entry="22", fact_at="14:05", effects__0__time="1:05")
    answer, _ = send(client, page_of(decision), mine, effects__0__time="10")
    assert answer.status_code == 409
    assert [(found.label, found.mine, found.last_change.who) for found in answer.context["differences"]] == [
        ("Car", None, "ben"),
        ("Time of the fact", None, "ben"),
        ("Time", "10.000 s", "ben"),
    ]
    assert "Somebody saved this page while you were working on it" in answer.content.decode()
    decision.refresh_from_db()
    assert effects(decision) == [Effect(kind="time_added", time=65_000)]
    answer, _ = send(client, page_of(decision), fields_of(answer, FORM))
    assert answer.status_code == 302
    decision.refresh_from_db()
    assert (decision.event_entry.entry.car_number, effects(decision)) == (
        "22",
        [Effect(kind="time_added", time=10_000)],
    )


def test_a_decision_becomes_the_next_document_and_gets_its_number(client, session):
    results.publish_results(session, FILE, status="provisional")
    enter(client, session, fact="Contact", fact_at="14:05", **time_added())
    decision = Decision.objects.get()
    assert "Publish as document 1" in client.get(page_of(decision)).content.decode()
    page = client.get(page_of(decision, "desk_decision_publish"))
    text = page.content.decode()
    assert "5 December 2030, 14:05:00, track time" in text
    assert "15.000 s added" in text
    answer, _ = send(client, page_of(decision, "desk_decision_publish"), fields_of(page))
    assert said(client, answer) == ['Published as <a href="/2030-31/event-1/documents/1/">document 1</a>.']
    decision.refresh_from_db()
    assert (decision.number, Document.objects.get(decision=decision).number) == ("1", 1)
    assert ClassificationDraft.objects.get().cause == "Decision 1, car 7"
    again = client.get(page_of(decision)).content.decode()
    assert "Publish as document 2" in again


def test_a_published_decision_is_amended_with_a_reason(client, session):
    decision = results.make_decision(session, "7", {"kind": "fine"})
    publish = page_of(decision, "desk_decision_publish")
    send(client, publish, fields_of(client.get(publish)))
    answer, _ = send(client, publish, fields_of(client.get(publish)), reason="The time was wrong")
    assert "Nothing of the decision changed since document 1" in answer.content.decode()
    assert fields_of(answer)["reason"] == "The time was wrong"
    change(client, decision, fact="Pit lane speed")
    answer, _ = send(client, publish, fields_of(client.get(publish)), reason="The fact was missing")
    assert answer.status_code == 302
    second = Document.objects.get(number=2)
    assert (second.amends.number, "The fact was missing" in second.body) == (1, True)


def test_only_what_was_seen_is_published(client, session):
    decision = results.make_decision(session, "7", {"kind": "fine"})
    publish = page_of(decision, "desk_decision_publish")
    seen = fields_of(client.get(publish))
    change(signed_in("ben"), decision, fact="Pit lane speed")
    answer, _ = send(client, publish, seen)
    assert "Somebody changed the decision since you looked at it." in answer.content.decode()
    other = results.make_decision(session, "22", {"kind": "fine"})
    seen = fields_of(client.get(publish))
    other_page = page_of(other, "desk_decision_publish")
    send(client, other_page, fields_of(client.get(other_page)))
    answer, _ = send(client, publish, seen)
    assert "this one is document 2 now" in answer.content.decode()
    assert list(Document.objects.values_list("number", flat=True)) == [1]
    assert send(client, publish, fields_of(answer))[0].status_code == 302


def test_a_decision_that_there_is_not_is_not_found(client, session):
    for name in ("desk_decision", "desk_decision_publish"):
        assert client.get(address(session, name, "nothing")).status_code == 404


def test_the_archive_form_leads_to_the_desk_and_back(client, session):
    decision = results.make_decision(session, "7", {"kind": "fine"})
    archive = f"/admin/championship/decision/{decision.pk}/change/"
    assert page_of(decision) in client.get(archive).content.decode()
    assert archive in client.get(page_of(decision)).content.decode()


def test_the_address_of_a_new_decision_is_no_name_of_one(client, session):
    car = results.car_at(session, "7")
    form = client.get(f"/admin/championship/decision/add/?session={session.pk}")
    fields = fields_of(form, "decision_form") | {"event_entry": str(car.pk), "slug": "add"}
    answer = client.post("/admin/championship/decision/add/", fields)
    assert "is an address of the site itself" in answer.content.decode()


@pytest.mark.parametrize("decisions", [1, 3])
def test_the_page_asks_as_often_for_one_effect_as_for_three(client, session, decisions, django_assert_num_queries):
    decision = results.make_decision(session, "7", *[{"kind": "fine"}] * decisions)
    with django_assert_num_queries(21):
        client.get(page_of(decision))
