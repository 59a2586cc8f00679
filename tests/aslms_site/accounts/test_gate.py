"""Nobody is in with a password alone: every address of the officials' side, as the URLconf has them."""

import pytest
from django.test import Client

from aslms_site.accounts import middleware
from tests.accounts import LOGIN, PASSWORD, code_of, enter_code, is_in, log_in, person, with_app
from tests.addresses import addresses

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _required(settings):
    settings.SECOND_FACTOR = True


def staff_addresses():
    return [address for address in addresses() if not address.is_public]


def leads(client: Client) -> dict[str, str]:
    """Where every page leads that is not on the way in or out, with GET and with POST; "" where it answers."""
    found = {}
    for address in staff_addresses():
        for method in ("get", "post") if address.name not in middleware.OPEN else ():
            answer = getattr(client, method)(address.path)
            found[f"{method} {address.name}"] = answer.url.split("?")[0] if answer.status_code == 302 else ""
    return found


@pytest.mark.parametrize(("has_app", "leads_to"), [(False, "enrol"), (True, "second-factor")])
def test_a_password_alone_leads_to_the_second_factor_from_every_address(every_noun, has_app, leads_to):
    boss = person("boss", is_superuser=True)
    client = Client(raise_request_exception=False)
    client.force_login(boss)
    if has_app:
        with_app(boss)
    found = leads(client)
    assert {name: page for name, page in found.items() if page != f"/admin/account/{leads_to}/"} == {}
    print(f"{len(found)} requests lead to {leads_to}, {len(middleware.OPEN)} pages are on the way in or out")


def test_without_the_protection_the_addresses_would_answer(every_noun, settings):
    settings.SECOND_FACTOR = False
    client = Client(raise_request_exception=False)
    client.force_login(person("boss", is_superuser=True))
    names = ("admin:index", "admin:championship_entry_changelist", "admin:desk")
    answers = {a.name: client.get(a.path).status_code for a in staff_addresses() if a.name in names}
    assert answers == dict.fromkeys(names, 200)


def test_every_open_page_exists(every_noun):
    names = {address.name for address in addresses()}
    assert names >= middleware.OPEN


def test_a_new_colleague_is_led_to_a_second_factor_and_then_to_the_page():
    user = person()
    client = Client()
    assert log_in(client).url == "/admin/"
    assert client.get("/admin/").url == "/admin/account/enrol/?next=%2Fadmin%2F"
    client.get("/admin/account/enrol/?next=%2Fadmin%2F%3Fseason%3D2023-24")
    page = client.get("/admin/account/app/add/")
    secret = page.context["form"].secret
    done = client.post("/admin/account/app/add/", {"code": code_of(secret)})
    assert done.url == "/admin/account/codes/"
    codes = client.get(done.url)
    assert len(codes.context["unused_codes"]) == 10
    assert 'href="/admin/?season=2023-24"' in codes.content.decode()
    assert client.get("/admin/").status_code == 200
    assert user.authenticator_set.count() == 2
    other = Client()
    log_in(other)
    assert "each is taken once" in enter_code(other, code_of(secret)).content.decode()
    enter_code(other, code_of(secret, 1))
    assert is_in(other)


def test_the_second_factor_comes_before_the_login_once_there_is_one():
    secret = with_app(person())
    client = Client()
    answer = client.post("/admin/account/login/?next=/admin/championship/team/", {"login": "official", "password": "x"})
    assert answer.status_code == 200
    assert log_in(client).url == "/admin/account/login/second-factor/"
    assert not is_in(client)
    assert client.get("/admin/").status_code == 302
    assert enter_code(client, code_of(secret)).url == "/admin/"
    assert client.get("/admin/").status_code == 200


def test_a_code_is_taken_once():
    secret = with_app(person())
    code = code_of(secret)
    first, second = Client(), Client()
    for client in (first, second):
        log_in(client)
        enter_code(client, code)
    assert [is_in(client) for client in (first, second)] == [True, False]


def test_a_recovery_code_opens_once():
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes

    user = person()
    with_app(user)
    code = RecoveryCodes.activate(user).get_unused_codes()[0]
    opened = []
    for client in (Client(), Client()):
        log_in(client)
        enter_code(client, code)
        opened.append(is_in(client))
    assert opened == [True, False]


def test_a_session_with_a_password_alone_shows_the_factor_that_was_added_elsewhere():
    user = person()
    client = Client()
    log_in(client)
    secret = with_app(user)
    challenge = client.get("/admin/").url
    assert challenge == "/admin/account/second-factor/?next=%2Fadmin%2F"
    assert client.post(challenge, {"confirm_answer": "correct horse battery staple"}).status_code == 200
    assert client.get("/admin/").url == challenge
    assert client.post(challenge, {"confirm_answer": code_of(secret)}).url == "/admin/"
    assert client.get("/admin/").status_code == 200


def test_the_only_factor_stays_and_one_of_two_may_go():
    from allauth.mfa.models import Authenticator

    user = person()
    secret = with_app(user)
    client = Client()
    log_in(client)
    enter_code(client, code_of(secret))
    assert "your only second factor" in client.post("/admin/account/app/remove/").content.decode()
    key = Authenticator.objects.create(user=user, type="webauthn", data={"name": "Phone"})
    assert client.post("/admin/account/app/remove/").status_code == 302
    answer = client.post(f"/admin/account/passkeys/{key.pk}/remove/", follow=True)
    assert "your only second factor" in answer.content.decode()
    assert [row.type for row in user.authenticator_set.exclude(type="recovery_codes")] == ["webauthn"]


def test_keys_are_stored_encrypted():
    user = person()
    secret = with_app(user)
    assert secret not in str(user.authenticator_set.get().data)


@pytest.mark.parametrize("next_page", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"])
def test_no_address_of_another_site_is_led_to(next_page):
    secret = with_app(person())
    client = Client()
    client.post(f"{LOGIN}?next={next_page}", {"login": "official", "password": PASSWORD})
    assert enter_code(client, code_of(secret)).url == "/admin/"
    other = Client()
    other.force_login(person("second"))
    other.get(f"/admin/account/enrol/?next={next_page}")
    assert other.session["account_next"] == "/admin/"


def test_the_stock_login_leads_to_ours_and_an_account_without_staff_does_not_enter():
    client = Client()
    assert client.get("/admin/login/?next=/admin/x/").url == "/admin/account/login/?next=%2Fadmin%2Fx%2F"
    user = person("fan")
    user.is_staff = False
    user.save()
    assert "not one of the officials" in log_in(client, "fan").content.decode()
    assert not is_in(client)
