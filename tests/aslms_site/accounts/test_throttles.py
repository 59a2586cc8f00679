"""Guessing is hopeless, and locking somebody out is no weapon; counted in the database that all workers share."""

from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client, RequestFactory

from aslms_site.accounts import audit, throttles
from aslms_site.accounts.addresses import client_address
from aslms_site.accounts.models import AccountEvent
from tests.accounts import code_of, enter_code, is_in, log_in, person, with_app

pytestmark = pytest.mark.django_db

HERE, ELSEWHERE = "192.0.2.1", "198.51.100.7"
WRONG = "not the password of anybody"


@pytest.fixture
def clock():
    with time_machine.travel("2026-11-28T20:00:00Z", tick=False) as found:
        yield found


def guess(times, name="official", address=HERE, client=None):
    return [log_in(client or Client(), name, WRONG, REMOTE_ADDR=address).content.decode() for _ in range(times)]


def waits(pages):
    return ["Too many wrong" in page for page in pages]


def test_guesses_at_an_account_end_after_five_and_then_even_the_password_waits(clock):
    person()
    assert waits(guess(7)) == [False] * 5 + [True] * 2
    client = Client()
    answer = log_in(client, REMOTE_ADDR=HERE)
    assert "Too many wrong passwords. Try again in 15 minutes." in answer.content.decode()
    assert not is_in(client)


def test_every_worker_counts_since_the_count_is_in_the_database(clock):
    person()
    guess(3)
    # What another process would find: nothing of the count is in this one.
    assert AccountEvent.objects.filter(kind="password_wrong").count() == 3
    AccountEvent.objects.all().delete()
    assert waits(guess(6)) == [False] * 5 + [True]


def test_a_correct_login_from_another_address_still_works(clock):
    person()
    guess(20)
    client = Client()
    log_in(client, REMOTE_ADDR=ELSEWHERE)
    assert is_in(client)


def test_the_wait_ends_and_refused_attempts_do_not_make_it_longer(clock):
    person()
    guess(5)
    for _ in range(14):
        clock.shift(timedelta(minutes=1))
        assert waits(guess(1)) == [True]
    clock.shift(timedelta(minutes=1, seconds=1))
    client = Client()
    log_in(client, REMOTE_ADDR=HERE)
    assert is_in(client)


def test_guesses_from_many_addresses_end_too_and_a_known_browser_is_let_in(clock):
    person()
    known = Client()
    log_in(known, REMOTE_ADDR=HERE)
    known.post("/admin/logout/")
    assert not is_in(known)
    answers = [guess(1, address=f"203.0.113.{number}")[0] for number in range(32)]
    assert waits(answers) == [False] * 30 + [True] * 2
    stranger = Client()
    assert "browser that you have used here before" in log_in(stranger, REMOTE_ADDR=ELSEWHERE).content.decode()
    log_in(known, REMOTE_ADDR=ELSEWHERE)
    assert is_in(known)


def test_a_known_browser_is_no_way_to_guess(clock):
    person()
    known = Client()
    log_in(known)
    known.post("/admin/logout/")
    assert waits(guess(12, client=known)) == [False] * 10 + [True] * 2


def test_a_browser_known_to_one_person_is_a_stranger_to_another(clock):
    person()
    person("colleague")
    known = Client()
    log_in(known)
    known.post("/admin/logout/")
    assert waits(guess(6, "colleague", client=known)) == [False] * 5 + [True]


def test_one_address_does_not_try_all_accounts(clock):
    answers = guess(1, "name0") + [guess(1, f"name{number}")[0] for number in range(1, 32)]
    assert waits(answers) == [False] * 30 + [True] * 2


def test_names_that_are_typed_are_kept_as_hashes_alone(clock):
    guess(1, "hunter2hunter2hunter2")
    row = AccountEvent.objects.get()
    assert "hunter2" not in " ".join(str(value) for value in vars(row).values())
    assert (row.user, row.address) == (None, HERE)


def test_an_unknown_name_waits_as_a_known_one_does(clock):
    person()
    assert [waits(guess(7, name)) for name in ("official", "nobody")] == [[False] * 5 + [True] * 2] * 2


def test_codes_are_guessed_five_times(clock):
    secret = with_app(person())
    client = Client()
    log_in(client)
    pages = [enter_code(client, "000000").content.decode() for _ in range(6)]
    assert waits(pages) == [False] * 5 + [True]
    assert "Too many wrong codes" in enter_code(client, code_of(secret)).content.decode()
    assert not is_in(client)
    clock.shift(timedelta(minutes=16))
    log_in(client)
    enter_code(client, code_of(secret))
    assert is_in(client)


def test_codes_are_guessed_twenty_times_a_day(clock):
    with_app(person())
    client, pages = Client(), []
    for _ in range(5):
        log_in(client)
        pages += [enter_code(client, "000000").content.decode() for _ in range(5)]
        clock.shift(timedelta(minutes=16))
    assert waits(pages) == [False] * 20 + [True] * 5
    assert "Try again in 23 hours" in pages[-1]


def test_somebody_who_guesses_codes_shuts_no_known_browser_out(clock):
    secret = with_app(person())
    known, thief = Client(), Client()
    log_in(known)
    enter_code(known, code_of(secret))
    known.post("/admin/logout/")
    log_in(thief, REMOTE_ADDR=ELSEWHERE)
    for _ in range(6):
        enter_code(thief, "000000", REMOTE_ADDR=ELSEWHERE)
    clock.shift(timedelta(minutes=1))
    log_in(known)
    enter_code(known, code_of(secret))
    assert is_in(known)


def test_without_the_throttle_guessing_would_go_on(clock, monkeypatch):
    person()
    monkeypatch.setattr(throttles, "_wait_if_over", lambda *_args: None)
    assert waits(guess(40)) == [False] * 40


def request_from(settings, remote, forwarded="", trusted=0):
    settings.TRUSTED_PROXIES = trusted
    return RequestFactory().get("/admin/", REMOTE_ADDR=remote, HTTP_X_FORWARDED_FOR=forwarded)


@pytest.mark.parametrize(
    ("remote", "forwarded", "trusted", "expected"),
    [
        (HERE, "", 0, HERE),
        (HERE, ELSEWHERE, 0, HERE),
        (HERE, ELSEWHERE, 1, ELSEWHERE),
        (HERE, f"1.1.1.1, {ELSEWHERE}", 1, ELSEWHERE),
        (HERE, f"1.1.1.1, {ELSEWHERE}, 10.0.0.2", 2, ELSEWHERE),
        (HERE, ELSEWHERE, 2, HERE),
        (HERE, "made up", 1, ""),
        ("2001:db8:1:2:3:4:5:6", "", 0, "2001:db8:1:2::/64"),
        ("", "", 0, ""),
    ],
)
def test_exactly_the_own_proxies_are_believed(settings, remote, forwarded, trusted, expected):
    assert client_address(request_from(settings, remote, forwarded, trusted)) == expected


def test_old_notes_are_forgotten_at_the_next_login(clock):
    person()
    guess(1)
    clock.shift(audit.KEPT + timedelta(days=1))
    log_in(Client())
    assert sorted(AccountEvent.objects.values_list("kind", flat=True)) == ["login", "password_right"]


@pytest.mark.django_db(transaction=True)
def test_guesses_at_the_same_moment_in_two_connections_are_counted_together(clock):
    """Each attempt is written before it is looked at, so none hides behind another."""
    if connection.vendor == "sqlite" and connection.is_in_memory_db():
        pytest.skip("a database in memory has one connection")
    from concurrent.futures import ThreadPoolExecutor

    from django.db import connections

    person()
    assert User.objects.count() == 1

    def one(_number):
        try:
            return guess(1)[0]
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(one, range(24)))
    assert sum(not one for one in waits(answers)) <= 5
