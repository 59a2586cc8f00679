"""The pages of the grid: what is typed is saved whole, or comes back with what is wrong in it."""

import json

import pytest
from django.utils.html import strip_tags

from championship.models import ClassificationDraft
from championship.services.drafts import draft_lines
from championship.timing.typed import TypedRow
from tests import factories as make
from tests import result_factories as results
from tests.championship.admin.posting import fields_of, send, signed_in
from tests.grid_posting import grid_address, grid_data, grid_fields, grid_rows

pytestmark = pytest.mark.django_db


@pytest.fixture
def session():
    return results.make_racing_season(rounds=1).rounds.get().race_session


@pytest.fixture
def client():
    return signed_in("anna")


def shown(client, session, query=""):
    return client.get(grid_address(session) + query).content.decode()


def post(client, session, rows, page=None, **typed):
    page = page or shown(client, session)
    return client.post(grid_address(session), grid_fields(page, rows, **typed), follow=True)


def type_text(client, session, text, **typed):
    """Without JavaScript: the text, and the button."""
    return send(client, grid_address(session), fields_of(client.get(grid_address(session))), lines=text, **typed)[0]


def numbers():
    return [line.timing.car_number for line in draft_lines(ClassificationDraft.objects.get())]


def row(number, laps="100", **cells):
    return TypedRow(car_number=number, laps=laps, **cells)


def said(response):
    return [strip_tags(str(message)) for message in response.context["messages"]]


def test_the_grid_is_saved_as_the_draft_and_shown_again(client, session):
    answer = post(client, session, [row("22", total_time="3:20:00"), row("7", "", total_time="1 lap")], copy="k-1")
    assert answer.redirect_chain == [(f"{grid_address(session)}?saved=k-1", 302)]
    assert said(answer) == ["Saved as the draft: 2 cars. Check and publish it at the desk."]
    assert grid_rows(answer.content.decode()) == (
        TypedRow(car_number="22", laps="100", total_time="3:20:00.000", status="Classified"),
        TypedRow(car_number="7", laps="99", status="Classified"),
    )
    draft = ClassificationDraft.objects.get()
    assert (draft.author.username, draft.history.first().history_user.username) == ("anna", "anna")
    assert grid_data(answer.content.decode())["saved"] == "k-1"


def test_text_is_saved_without_any_script(client, session):
    answer = type_text(client, session, "22 100 3:20:00\n7 +1.5\n99 12 nc\n")
    assert answer.status_code == 302
    lines = draft_lines(ClassificationDraft.objects.get())
    assert [(each.timing.car_number, each.timing.laps, each.timing.status) for each in lines] == [
        ("22", 100, "Classified"),
        ("7", 100, "Classified"),
        ("99", 12, "Not classified"),
    ]
    again = fields_of(client.get(grid_address(session)))["lines"]
    assert again.splitlines()[1] == "7 100 3:20:01.500 Classified"


def test_a_pasted_table_may_be_read_into_the_grid_first(client, session):
    answer = type_text(client, session, "Pos\tNo\tLaps\n1\t22\t100\n2\t7\t99", take="text")
    assert grid_rows(answer.content.decode()) == (row("22"), row("7", "99"))
    assert said(answer) == ["These columns were not read: Pos."]
    assert not ClassificationDraft.objects.exists()


def test_what_cannot_be_read_is_said_with_row_and_column_and_all_typing_stays(client, session):
    rows = (row("22"), row("7", "many", total_time="3:20:01"))
    answer = post(client, session, rows, cause="Second list")
    page = answer.content.decode()
    assert "Row 2, laps: “many” is no number of laps. Type a whole number, such as 90." in page
    assert grid_data(page)["problems"] == [[2, "laps", "“many” is no number of laps. Type a whole number, such as 90."]]
    assert grid_rows(page) == rows
    fields = fields_of(answer)
    assert (fields["lines"], fields["cause"]) == ("22 100\n7\tmany\t3:20:01\t\t\t\t", "Second list")
    assert not ClassificationDraft.objects.exists()


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"cause": "x" * 301}, "at most 300 characters"),
        ({"seen": "x"}, "Enter a valid value"),
        ({"sheet": "{}"}, "something that is no table"),
    ],
)
def test_a_mistake_elsewhere_keeps_the_typing_too(client, session, typed, words):
    answer = post(client, session, [row("22")], lines="22 100", **typed)
    assert words in answer.content.decode()
    assert fields_of(answer)["lines"] == "22 100"
    assert not ClassificationDraft.objects.exists()


def test_a_sheet_that_cannot_be_read_does_not_hide_another_mistake(client, session):
    answer = post(client, session, [], sheet="{}", cause="x" * 301)
    assert "at most 300 characters" in answer.content.decode()


def test_two_who_type_at_once_both_keep_their_work(client, session):
    post(client, session, [row("22"), row("7")])
    mine, theirs = shown(client, session), shown(client, session)
    post(signed_in("ben"), session, [row("22"), row("7", "98")], theirs)
    answer = post(client, session, [row("22", "97"), row("7")], mine)
    assert answer.status_code == 409
    found = [(each.car_number, each.by) for each in answer.context["differences"]]
    assert found == [("22", "you"), ("7", "they")]
    page = answer.content.decode()
    assert "Ben saved at" in page
    assert grid_rows(page) == (row("22", "97"), row("7"))
    assert [line.timing.laps for line in draft_lines(ClassificationDraft.objects.get())] == [100, 98]
    post(client, session, grid_rows(page), page)
    assert [line.timing.laps for line in draft_lines(ClassificationDraft.objects.get())] == [97, 100]


def test_a_draft_that_somebody_else_began_is_not_overwritten(client, session):
    mine = shown(client, session)
    post(signed_in("ben"), session, [row("7")])
    answer = post(client, session, [row("7")], mine)
    assert (answer.status_code, answer.context["differences"]) == (409, ())
    assert "you both typed the same" in answer.content.decode()


def test_a_draft_that_is_gone_keeps_the_typing_for_a_new_one(client, session):
    post(client, session, [row("22")])
    page = shown(client, session)
    ClassificationDraft.objects.all().delete()
    answer = post(client, session, [row("7")], page)
    assert answer.status_code == 409
    assert "was published or deleted while you were typing" in answer.content.decode()
    post(client, session, [row("7")], answer.content.decode())
    assert numbers() == ["7"]


def test_the_service_may_refuse_a_cause_in_words(client, session):
    decision = results.make_decision(session, "7", {"kind": "fine"}, is_contained=True)
    answer = post(client, session, [row("7")], contained="nobody")
    assert "nobody is not one of the available choices" in answer.content.decode()
    post(client, session, [row("7")], contained=decision.slug)
    assert ClassificationDraft.objects.get().contained == "car-7"


def test_a_sheet_starts_where_the_person_says(client, session):
    results.publish_results(session, ["22", "7"])
    assert [each.car_number for each in grid_rows(shown(client, session))] == ["22", "7"]
    assert [each.car_number for each in grid_rows(shown(client, session, "?from=entries"))] == ["7", "22", "99"]
    assert grid_rows(shown(client, session, "?from=nothing")) == ()
    assert [each.car_number for each in grid_rows(shown(client, session, "?from=elsewhere"))] == ["22", "7"]


def test_what_a_typed_list_contains_is_as_officials_have_marked_it(client, session):
    results.publish_results(session, ["22", "7"])
    results.make_decision(session, "7", {"kind": "fine"}, is_contained=True)
    assert fields_of(client.get(f"{grid_address(session)}?from=nothing"))["contained"] == "car-7"
    assert "contained" not in fields_of(client.get(f"{grid_address(session)}?from=standing"))
    post(client, session, [row("7")], contained="car-7", cause="Corrected")
    assert fields_of(client.get(grid_address(session)))["contained"] == "car-7"


def test_a_saved_sheet_says_what_publishing_will_stop_at(client, session):
    answer = post(client, session, [TypedRow(car_number="7")])
    assert "Car 7: the laps are missing. Type them." in answer.context["open_points"]
    assert "Car 22 is entered at the event and not in this list." in answer.context["open_points"]


def test_the_page_knows_cars_crews_and_drivers(client, session):
    driver = make.make_driver("zoe-zander")
    data = grid_data(shown(client, session))
    assert data["cars"]["7"] == {
        "team": session.event.event_entries.get(entry__car_number="7").team_name,
        "className": "LMP2",
        "style": "rc-2030-31-lmp2",
        "crew": ["driver-2030-31-7-1", "driver-2030-31-7-2"],
        "status": "",
    }
    assert (data["drivers"][driver.slug], data["isRace"]) == ("Zoe Zander", True)
    session.event.event_entries.filter(entry__car_number="7").update(status="withdrawn")
    assert grid_data(shown(client, session))["cars"]["7"]["status"] == "Withdrawn"


def test_names_cannot_break_out_of_the_data_of_the_page(client, session):
    make.make_driver("x-y", given_name="</script><b>", family_name="&")
    page = shown(client, session)
    assert "</script><b>" not in page
    assert grid_data(page)["drivers"]["x-y"] == "</script><b> &"


def test_an_editor_types_nothing(session):
    editor = signed_in("editor", "Editor")
    assert editor.get(grid_address(session)).status_code == 403
    assert editor.post(grid_address(session), {"sheet": json.dumps([])}).status_code == 403


@pytest.mark.parametrize("cars", [1, 3])
def test_the_page_asks_as_often_for_one_car_as_for_three(session, client, cars, django_assert_num_queries):
    post(client, session, [row(number) for number in ("7", "22", "99")[:cars]])
    with django_assert_num_queries(33):
        shown(client, session)


def test_sixty_cars_are_saved_in_one_field(client, session):
    race_class = session.event.season.race_classes.get()
    for number in range(200, 257):
        make.make_event_entry(session.event, make.make_entry(race_class, str(number)))
    sixty = [*("7", "22", "99"), *(str(number) for number in range(200, 257))]
    answer = post(
        client, session, [row(number, total_time=f"3:20:{place:02}.000") for place, number in enumerate(sixty)]
    )
    assert said(answer) == ["Saved as the draft: 60 cars. Check and publish it at the desk."]
    assert numbers() == sixty
