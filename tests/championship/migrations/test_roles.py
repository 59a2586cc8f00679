import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from championship.rules.roles import roles
from news.roles import roles as roles_of_news


def migrate(*targets):
    executor = MigrationExecutor(connection)
    executor.migrate(list(targets))


@pytest.mark.django_db(transaction=True)
def test_the_roles_can_be_taken_back_and_made_again():
    before = {group.name: group.permissions.count() for group in Group.objects.all()}
    assert before == {
        name: len(roles().permissions(name)) + len(roles_of_news().permissions(name)) for name in roles().names.values()
    }
    migrate(("championship", "0001_initial"))
    assert not Group.objects.exists()
    # The newsroom's part goes and comes with the groups.
    migrate(("championship", "0002_roles"), ("news", "0002_roles"))
    assert {group.name: group.permissions.count() for group in Group.objects.all()} == before


@pytest.mark.django_db
def test_officials_publish_and_never_touch_what_was_published():
    entries = set(Group.objects.get(name="Entries secretary").permissions.values_list("codename", flat=True))
    editors = set(Group.objects.get(name="Editor").permissions.values_list("codename", flat=True))
    assert {"publish_entrylist", "view_entrylist", "change_entry", "delete_entry"} <= entries
    assert not entries & {"change_entrylist", "delete_entrylist", "change_entrylistline", "delete_team"}
    assert {name for name in editors if not name.startswith("view_")} == {
        *("add_picture", "change_picture", "delete_picture", "add_story", "change_story"),
    }
