from io import StringIO

import pytest
from django.contrib.auth.models import Group, User
from django.core.management import CommandError, call_command

from championship.management.commands.demo_accounts import PASSWORD
from championship.rules.roles import roles

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _roles():
    for name in roles().names.values():
        Group.objects.get_or_create(name=name)


def run() -> str:
    out = StringIO()
    call_command("demo_accounts", stdout=out)
    return out.getvalue()


def accounts() -> list[tuple]:
    rows = User.objects.order_by("username").prefetch_related("groups")
    return [(u.username, u.is_staff, u.is_superuser, [g.name for g in u.groups.all()]) for u in rows]


def test_there_is_one_account_for_each_role_and_its_password_is_printed(settings):
    settings.DEBUG = True
    printed = run()
    assert accounts() == [
        ("administrator", True, True, []),
        ("chief-editor", True, False, ["Chief editor"]),
        ("editor", True, False, ["Editor"]),
        ("entries", True, False, ["Entries secretary"]),
        ("stewards", True, False, ["Stewards' secretary"]),
        ("timekeeper", True, False, ["Timekeeper"]),
    ]
    assert all(user.check_password(PASSWORD) for user in User.objects.all())
    assert printed.count(PASSWORD) == 6
    assert "http://testserver/admin/" in printed


def test_a_second_run_changes_nothing_not_even_a_changed_password(settings):
    settings.DEBUG = True
    run()
    editor = User.objects.get(username="editor")
    editor.set_password("a-password-of-the-editor's-own")
    editor.save()
    before = list(User.objects.order_by("pk").values())
    printed = run()
    assert list(User.objects.order_by("pk").values()) == before
    assert printed.count(PASSWORD) == 5
    assert "(its password was changed)" in printed


def test_with_debug_off_no_account_is_made(settings):
    settings.DEBUG = False
    with pytest.raises(CommandError, match="only with DEBUG on"):
        run()
    assert accounts() == []


def test_a_missing_group_leaves_no_account_behind(settings):
    settings.DEBUG = True
    Group.objects.filter(name="Editor").delete()
    with pytest.raises(CommandError, match='no group "Editor"'):
        run()
    assert accounts() == []


def test_a_database_with_accounts_of_its_own_gets_none_with_a_known_password(settings):
    settings.DEBUG = True
    User.objects.create_user("race-director")
    assert "accounts of its own" in run()
    assert [name for name, *_ in accounts()] == ["race-director"]
