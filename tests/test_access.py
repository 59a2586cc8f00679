"""Who gets what at which address: every URL of the URLconf, GET and POST, by every role, against tests/access.csv.

A public address knows nobody, so it is asked without an account alone; roles with the same permissions are asked once.
An address that the table lacks fails, and so does a line for one that is gone. When that is on purpose, run this file
once with ACCESS_TABLE=write (and -n 0), then read the table's diff: it is the decision.
"""

import csv
import os
from pathlib import Path

import pytest
from django.contrib.auth.models import Group, User
from django.db import transaction
from django.test import Client
from django.urls import get_resolver, path

from championship.rules.roles import roles
from news.roles import roles as roles_of_news
from tests import factories as make
from tests.addresses import Address, NamelessError, addresses, public_addresses

TABLE = Path(__file__).with_name("access.csv")
GROUPS = roles().names
ROLES = ("anonymous", *GROUPS, "administrator")
METHODS = ("get", "post")
COLUMNS = ("address", *(f"{role} {method}" for role in ROLES for method in METHODS))
ANSWERS = {
    200: "yes",
    400: "bad request",
    403: "no",
    404: "not found",
    405: "no such method",
    409: "conflict",
    410: "gone",
}


def account(role: str) -> User | None:
    if role == "anonymous":
        return None
    user = make.make_user(role, is_superuser=role == "administrator")
    user.groups.set(Group.objects.filter(name=GROUPS.get(role)))
    return user


def twins(role: str) -> list[str]:
    """The roles that may do exactly what this one may, itself included."""
    if role not in GROUPS:
        return [role]
    return [key for key, name in GROUPS.items() if permissions(name) == permissions(GROUPS[role])]


def permissions(name: str) -> tuple[str, ...]:
    return roles().permissions(name) + roles_of_news().permissions(name)


def visitor(user: User | None) -> Client:
    """The browser of this person, who has logged in if an account is given."""
    client = Client(raise_request_exception=False)
    if user is not None:
        client.force_login(user)
    return client


def answer(address: Address, client: Client, method: str) -> str:
    """What this person gets, in a word. Whatever the request writes is undone."""
    cookies = client.cookies.copy()
    with transaction.atomic():
        response = getattr(client, method)(address.path)
        transaction.set_rollback(True)
    client.cookies = cookies
    if response.status_code in (301, 302):
        return "login" if "/login/" in response.url and not cookies else "redirect"
    return ANSWERS.get(response.status_code, str(response.status_code))


def read_table() -> dict[str, dict[str, str]]:
    """The lines of the table by address; none when it is not there yet."""
    if not TABLE.exists():
        return {}
    with TABLE.open(encoding="utf-8", newline="") as file:
        return {row["address"]: row for row in csv.DictReader(file)}


def write_table(found: dict[str, dict[str, str]]) -> None:
    """Take over what one role got, and exactly the addresses that there are."""
    known = read_table()
    with TABLE.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, extrasaction="ignore", lineterminator="\n")
        writer.writeheader()
        writer.writerows({"address": name} | known.get(name, {}) | row for name, row in found.items())


@pytest.mark.django_db
@pytest.mark.parametrize("role", [role for role in ROLES if twins(role)[0] == role])
def test_every_address_answers_a_role_as_the_table_says(every_noun, role):
    client = visitor(account(role))
    found: dict[str, dict[str, str]] = {}
    for address in addresses():
        asked = role == "anonymous" or not address.is_public
        for method in METHODS:
            one = answer(address, client, method) if asked else ""
            found.setdefault(address.name, {}).update({f"{twin} {method}": one for twin in twins(role)})
    if os.environ.get("ACCESS_TABLE") == "write":
        write_table(found)
    table = read_table()
    assert list(found) == list(table)
    assert found == {name: {key: row[key] for key in found[name]} for name, row in table.items()}
    print(f"{len(found)} addresses as {role}, {len(METHODS)} methods")


def test_an_address_without_a_name_is_refused(monkeypatch):
    nameless = path("secret/", lambda request: None)
    monkeypatch.setattr(get_resolver(), "url_patterns", [*get_resolver().url_patterns, nameless])
    with pytest.raises(NamelessError, match="secret/"):
        public_addresses()


@pytest.mark.django_db
def test_the_table_gives_nobody_a_server_error_and_no_visitor_the_officials_side(every_noun):
    table = read_table()
    assert [name for name, row in table.items() if any(value.startswith("5") for value in row.values())] == []
    open_to_all = {name for name, row in table.items() if "yes" in (row["anonymous get"], row["anonymous post"])}
    staff = [address.name for address in addresses() if not address.is_public]
    assert {name for name in staff if name in open_to_all} == {
        "account_login",
        "admin_password_reset",
        "password_reset_complete",
        "password_reset_confirm",
        "password_reset_done",
    }


def test_the_table_lets_editors_read_and_one_official_write_but_neither_manage_accounts():
    table = read_table()
    writers = {
        **{noun: ["entries"] for noun in ("season", "entry", "evententry", "team", "driver")},
        "event": ["stewards", "entries"],
        "decision": ["stewards"],
        "poleposition": ["timekeeper", "stewards"],
    }
    for noun, expected in writers.items():
        row = table[f"admin:championship_{noun}_change"]
        assert {row[f"{role} get"] for role in GROUPS} == {"yes"}
        assert [role for role in GROUPS if row[f"{role} post"] == "yes"] == expected
    accounts = [row for name, row in table.items() if name.startswith(("admin:auth_user", "admin:auth_group"))]
    assert accounts
    assert {row[f"{role} {method}"] for row in accounts for role in GROUPS for method in METHODS} == {"no"}
