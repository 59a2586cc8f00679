"""Colleagues are invited, forgotten passwords and lost second factors are mended by mail, and all of it is noted."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth.models import Group, User
from django.core import mail
from django.db import IntegrityError, connection, transaction
from django.test import Client

from aslms_site.accounts import invitations
from aslms_site.accounts.models import AccountEvent, FactorRemoval
from aslms_site.accounts.real_time import now
from championship.models import EventDuty
from tests import factories as make
from tests.accounts import code_of, enter_code, factors, is_in, log_in, person, with_app
from tests.championship.admin.posting import fields_of, fill

pytestmark = pytest.mark.django_db

ADD = "/admin/auth/user/add/"
NEW_PASSWORD = "eleven quiet lamps behind"


def boss(name="boss") -> Client:
    client = Client()
    client.force_login(person(name, is_superuser=True))
    return client


def link_in(message) -> str:
    return re.search(r"http://testserver(/\S+)", message.body)[1]


def kinds() -> list[str]:
    return list(AccountEvent.objects.order_by("pk").values_list("kind", flat=True))


def invite(client, **typed) -> User:
    role = Group.objects.get(name="Timekeeper")
    values = {"username": "tina", "first_name": "Tina", "email": "tina@example.org", "groups": [str(role.pk)]} | typed
    answer, _ = fill(client, ADD, "user_form", **values)
    assert answer.status_code == 302, answer.context["adminform"].form.errors
    return User.objects.get(username="tina")


def test_an_invited_colleague_sets_password_and_second_factor(settings, django_capture_on_commit_callbacks):
    user = invite(boss())
    assert (user.is_staff, user.has_usable_password(), mail.outbox[0].to) == (True, False, ["tina@example.org"])
    assert [group.name for group in user.groups.all()] == ["Timekeeper"]
    settings.SECOND_FACTOR = True
    client, link = Client(), link_in(mail.outbox[0])
    assert "Welcome, Tina" in client.get(link).content.decode()
    weak = client.post(link, {"new_password1": "short", "new_password2": "short"})
    assert "at least 15 characters" in weak.content.decode()
    passwords = {"new_password1": NEW_PASSWORD, "new_password2": NEW_PASSWORD}
    assert client.post(link, passwords).url == "/admin/account/enrol/"
    assert client.get("/admin/").url.startswith("/admin/account/enrol/")
    secret = client.get("/admin/account/app/add/").context["form"].secret
    with django_capture_on_commit_callbacks(execute=True):
        client.post("/admin/account/app/add/", {"code": code_of(secret)})
    assert client.get("/admin/").status_code == 200
    assert kinds()[1:] == ["invited", "invitation_used", "login", "factor_added", "factor_added"]


def test_a_link_opens_once_and_for_three_days(settings):
    user = invite(boss())
    link = link_in(mail.outbox[0])
    with time_machine.travel(now() + invitations.KEPT + timedelta(minutes=1)):
        assert Client().get(link).status_code == 410
    Client().post(link, {"new_password1": NEW_PASSWORD, "new_password2": NEW_PASSWORD})
    answer = Client().post(link, {"new_password1": "another one of mine", "new_password2": "another one of mine"})
    assert answer.status_code == 410
    user.refresh_from_db()
    assert user.check_password(NEW_PASSWORD)


@pytest.mark.parametrize("token", ["over", "x" * 3000, "%00"])
def test_a_made_up_link_is_over(token):
    assert Client().get(f"/admin/account/invitation/{token}/").status_code == 410


def test_a_second_invitation_makes_the_first_void():
    administrator = boss()
    user = invite(administrator)
    again = f"/admin/auth/user/{user.pk}/invite/"
    assert again in administrator.get(f"/admin/auth/user/{user.pk}/change/").content.decode()
    assert administrator.get(again).status_code == 200
    administrator.post(again)
    first, second = (link_in(message) for message in mail.outbox)
    assert [Client().get(link).status_code for link in (first, second)] == [410, 200]
    user.set_password(NEW_PASSWORD)
    user.save()
    assert "has a password already" in administrator.post(again, follow=True).content.decode()


def test_an_invitation_needs_an_address_of_its_own():
    administrator = boss()
    for email in ("", "BOSS@example.org"):
        answer, _ = fill(administrator, ADD, "user_form", username="tina", email=email)
        assert answer.status_code == 200
    assert User.objects.count() == 1


def test_a_site_that_sends_no_mail_says_so(settings):
    settings.CAN_MAIL = False
    assert "cannot send mail" in boss().get(ADD, follow=True).content.decode()
    assert "sends no mail" in Client().get("/admin/account/password/").content.decode()


def test_a_mail_server_that_is_away_loses_no_account(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    administrator = boss()
    user = invite(administrator)
    text = administrator.get("/admin/auth/user/").content.decode()
    assert "The mail could not be sent" in text
    again = administrator.post(f"/admin/auth/user/{user.pk}/invite/", follow=True)
    assert "The mail could not be sent" in again.content.decode()


def test_granting_a_right_is_asked_about_when_the_login_is_long_ago(settings):
    user, administrator = person(), boss()
    address = f"/admin/auth/user/{user.pk}/change/"
    fields = fields_of(administrator.get(address), "user_form") | {"is_superuser": "on"}
    settings.STEP_UP_AGE = 0
    assert "Is it still you?" in administrator.post(address, fields).content.decode()
    user.refresh_from_db()
    assert not user.is_superuser


def test_nobody_but_an_administrator_grants_anything():
    user = person()
    user.groups.add(*Group.objects.all())
    client = Client()
    client.force_login(user)
    for path in ("auth/user/add/", f"auth/user/{user.pk}/change/", f"auth/user/{user.pk}/second-factor/"):
        assert client.post(f"/admin/{path}", {"is_superuser": "on"}).status_code == 403
    assert client.get("/admin/accounts/accountevent/").status_code == 403
    user.refresh_from_db()
    assert not user.is_superuser


def test_nobody_sets_the_password_of_somebody_else():
    user, administrator = person(), boss()
    assert administrator.get(f"/admin/auth/user/{user.pk}/password/").status_code in (302, 404)
    fields = fields_of(administrator.get(f"/admin/auth/user/{user.pk}/change/"), "user_form")
    administrator.post(f"/admin/auth/user/{user.pk}/change/", fields | {"password": "x"})
    user.refresh_from_db()
    assert user.check_password("correct horse battery staple")


def test_duties_are_entered_on_the_page_of_the_account():
    user, event = person(), make.make_event(make.make_season())
    address = f"/admin/auth/user/{user.pk}/change/"
    typed = {"event_duties__TOTAL_FORMS": 1, "event_duties__0__event": event.pk, "event_duties__0__user": user.pk}
    sent = {name.replace("__", "-").replace("event-duties", "event_duties"): str(v) for name, v in typed.items()}
    administrator = boss()
    fields = fields_of(administrator.get(address), "user_form")
    assert administrator.post(address, fields | sent).status_code == 302
    duty = EventDuty.objects.get()
    assert (duty.user, duty.event) == (user, event)
    assert duty.history.get().history_user.username == "boss"


# A forgotten password


def ask(email, **extra):
    return Client().post("/admin/account/password/", {"email": email}, **extra)


def test_a_forgotten_password_is_set_anew_by_mail_and_ends_every_session():
    user = person()
    old = Client()
    old.force_login(user)
    assert ask("official@example.org").url == "/admin/account/password/sent/"
    client = Client()
    form = client.get(link_in(mail.outbox[0])).url
    client.post(form, {"new_password1": NEW_PASSWORD, "new_password2": NEW_PASSWORD})
    user.refresh_from_db()
    assert user.check_password(NEW_PASSWORD)
    assert old.get("/admin/").status_code == 302
    assert not is_in(client)
    assert "reset" in kinds()
    assert "over" in client.get(link_in(mail.outbox[0])).content.decode()


def test_the_second_factor_is_asked_for_after_a_new_password_too():
    with_app(person())
    ask("official@example.org")
    client = Client()
    form = client.get(link_in(mail.outbox[0])).url
    client.post(form, {"new_password1": NEW_PASSWORD, "new_password2": NEW_PASSWORD})
    assert log_in(client, password=NEW_PASSWORD).url == "/admin/account/login/second-factor/"


def test_the_answer_does_not_tell_who_has_an_account():
    person()
    assert ask("official@example.org").url == ask("nobody@example.org").url
    assert len(mail.outbox) == 1


def test_nobody_is_flooded_with_mail():
    person()
    for number in range(6):
        assert ask("official@example.org", REMOTE_ADDR=f"192.0.2.{number}").status_code == 302
    assert len(mail.outbox) == 3
    with time_machine.travel(now() + timedelta(minutes=61)):
        ask("official@example.org", REMOTE_ADDR="192.0.2.99")
    assert len(mail.outbox) == 4
    for number in range(12):
        person(f"name{number}")
        ask(f"name{number}@example.org", REMOTE_ADDR="198.51.100.1")
    assert len(mail.outbox) == 4 + 10


# A lost second factor


@pytest.fixture
def lost():
    user = person()
    with_app(user)
    return user


def factor_page(user):
    return f"/admin/auth/user/{user.pk}/second-factor/"


def test_two_administrators_remove_a_lost_second_factor(lost, settings):
    first, second = boss("first"), boss("second")
    session = Client()
    session.force_login(lost)
    first.post(factor_page(lost), {"reason": "We spoke on the phone"})
    assert factors(lost) == ["totp"]
    assert "We spoke on the phone" in mail.outbox[0].body
    assert "two administrators decide this" in first.get(factor_page(lost)).content.decode()
    first.post(factor_page(lost), {})
    assert factors(lost) == ["totp"]
    second.post(factor_page(lost), {})
    assert factors(lost) == []
    lost.refresh_from_db()
    assert not lost.has_usable_password()
    assert session.get("/admin/").status_code == 302
    assert [message.to for message in mail.outbox] == [["official@example.org"]] * 2
    settings.SECOND_FACTOR = True
    client = Client()
    passwords = {"new_password1": NEW_PASSWORD, "new_password2": NEW_PASSWORD}
    assert client.post(link_in(mail.outbox[1]), passwords).url == "/admin/account/enrol/"
    removed = AccountEvent.objects.get(kind="factor_removed")
    assert (removed.user, removed.by.username, removed.note) == (lost, "second", "Asked by first")


def test_one_administrator_alone_removes_nothing_by_any_way(lost):
    first, second = person("first", is_superuser=True), person("second", is_superuser=True)
    row = {"user": lost, "asked_by": first, "asked_at": now(), "reason": "x"}
    for wrong in ({"agreed_by": first}, {"agreed_by": lost}, {"asked_by": lost}):
        with pytest.raises(IntegrityError), transaction.atomic():
            FactorRemoval.objects.create(**row | wrong)
    removal = FactorRemoval.objects.create(**row)
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE accounts_factorremoval SET agreed_by_id = {first.pk} WHERE id = {removal.pk}")  # noqa: S608
    FactorRemoval.objects.update(agreed_by=second)


def test_a_request_is_over_after_a_day_and_can_be_dropped_or_asked_again(lost):
    first, second = boss("first"), boss("second")
    first.post(factor_page(lost), {"reason": "We met"})
    with time_machine.travel(now() + timedelta(days=1, minutes=1)):
        second.force_login(User.objects.get(username="second"))
        second.post(factor_page(lost), {"reason": "We met as well"})
        assert factors(lost) == ["totp"]
        assert FactorRemoval.objects.filter(ended_at=None).get().asked_by.username == "second"
        second.post(factor_page(lost), {"drop": "x"})
    assert not FactorRemoval.objects.filter(ended_at=None).exists()
    assert factors(lost) == ["totp"]


def test_a_request_says_how_the_person_was_recognised_and_is_not_for_oneself(lost):
    first = boss("first")
    assert "Say how you know" in first.post(factor_page(lost), {"reason": " "}).content.decode()
    own = User.objects.get(username="first")
    assert "removed by two others" in first.post(factor_page(own), {"reason": "mine"}).content.decode()
    assert not FactorRemoval.objects.exists()


# Notes


def test_administrators_read_what_happened_and_from_where():
    with_app(person())
    client = Client()
    log_in(client, password="a wrong one of them", REMOTE_ADDR="192.0.2.9")
    log_in(client)
    enter_code(client, "000000")
    page = boss().get("/admin/accounts/accountevent/").content.decode()
    for words in ("Password was wrong", "192.0.2.9", "Password was right", "Code was wrong", "Logged in"):
        assert words in page
    event = AccountEvent.objects.first()
    assert boss("other").post(f"/admin/accounts/accountevent/{event.pk}/delete/", {"post": "yes"}).status_code == 403


def test_no_page_shows_or_changes_the_second_factor_of_somebody_alone(lost):
    administrator = boss()
    for path in ("mfa/authenticator/", "account/emailaddress/"):
        assert administrator.get(f"/admin/{path}").status_code == 404
