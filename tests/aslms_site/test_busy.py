"""A lock that does not come in time is no error page: nothing is written, and nothing typed is lost."""

from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import User
from django.db import OperationalError

from championship.admin.desk.publish import VERBS
from championship.models import Classification, ClassificationDraft, Team
from championship.services import consequence_preview, drafts
from tests import factories as make
from tests import result_factories as results
from tests.championship.admin.posting import fields_of, fill, send, signed_in
from tests.reading import text_of

pytestmark = pytest.mark.django_db


def busy(*_args, **_values):
    raise OperationalError("canceling statement due to lock timeout")


def test_a_change_that_met_a_lock_is_sent_again_from_its_page(monkeypatch):
    team = make.make_team("alpha", name="Alpha")
    client = signed_in("secretary", "Entries secretary")
    address = f"/admin/championship/team/{team.pk}/change/"
    with monkeypatch.context() as lock:
        lock.setattr(Team, "save", busy)
        answer, sent = fill(client, address, "team_form", name="Alpha <Racing> & Sons")
    assert (answer.status_code, answer["Retry-After"], answer["Cache-Control"]) == (503, "5", "private, no-store")
    assert "nothing was written" in text_of(answer)
    again = fields_of(answer)
    again.pop("csrfmiddlewaretoken")
    assert again == {name: value for name, value in sent.items() if name in again}
    assert again["name"] == "Alpha <Racing> & Sons"
    assert Team.objects.get().name == "Alpha"
    send(client, address, again)
    assert Team.objects.get().name == "Alpha <Racing> & Sons"


@pytest.fixture
def desk(settings):
    """Whoever may publish the draft of a race, and the page where that is done."""
    settings.SITE_NOW = datetime(2030, 12, 5, 18, 30, tzinfo=UTC)
    session = results.make_racing_season(rounds=1).rounds.get().race_session
    drafts.create_draft(
        session=session, lines=results.draft_lines(session, ["7", "22", "99"]), by=make.make_user("anna")
    )
    return signed_in("ben"), "/admin/desk/2030-31/event-1/race-1/publish/?as=provisional"


def test_a_publication_that_met_a_lock_publishes_nothing_and_can_be_pressed_again(desk, monkeypatch):
    client, address = desk
    with monkeypatch.context() as lock:
        lock.setitem(VERBS, "provisional", busy)
        answer, _ = fill(client, address)
    assert answer.status_code == 503
    assert "nothing was written" in text_of(answer)
    assert ClassificationDraft.objects.exists()
    send(client, address, fields_of(answer))
    assert Classification.objects.get().status == "provisional"
    assert not ClassificationDraft.objects.exists()


def test_a_page_that_cannot_be_tried_out_in_time_is_opened_again(desk, monkeypatch):
    client, address = desk
    monkeypatch.setattr(consequence_preview, "of_publishing", busy)
    answer = client.get(address)
    assert answer.status_code == 503
    assert f'href="{address}">Open it again' in answer.content.decode()


def test_passwords_are_no_part_of_such_a_page(client, monkeypatch):
    User.objects.create_user("ada", password="a-long-enough-password", is_staff=True)
    monkeypatch.setattr("django.contrib.auth.models.User.check_password", busy)
    answer = client.post("/admin/account/login/", {"login": "ada", "password": "a-long-enough-password"})
    assert answer.status_code == 503
    assert "a-long-enough-password" not in answer.content.decode()
    assert "go back and send it again" in text_of(answer)


def test_readers_get_the_usual_page(client, monkeypatch):
    monkeypatch.setattr("championship.selectors.teams.team_items", busy)
    with pytest.raises(OperationalError):
        client.get("/teams/")
