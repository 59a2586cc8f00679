from pathlib import Path

import pytest
from django.apps import apps
from django.contrib.auth.models import Group

from championship import rights
from championship.rules.roles import roles as roles_of_the_sport
from news.roles import roles
from tests import factories as make


def permissions():
    return [
        codename
        for model in apps.get_app_config("news").get_models()
        for codename in (
            *(f"{verb}_{model._meta.model_name}" for verb in model._meta.default_permissions),
            *(codename for codename, _ in model._meta.permissions),
        )
    ]


def test_every_permission_of_the_newsroom_stands_in_exactly_one_right():
    named = [codename for right in roles().rights for codename in right.permissions]
    assert sorted(named) == sorted(permissions())
    print(f"{len(named)} permissions in {len(roles().rights)} rights")


def test_the_newsroom_has_the_roles_of_the_sport():
    assert roles().names == roles_of_the_sport().names


@pytest.mark.django_db
def test_editors_write_and_chief_editors_publish():
    may = {}
    for name in ("Editor", "Chief editor", "Timekeeper"):
        user = make.make_user(name)
        user.groups.add(Group.objects.get(name=name))
        may[name] = [
            code
            for code in ("view_story", "add_story", "change_story", "publish_story", "change_topic")
            if rights.may(user, f"news.{code}")
        ]
    assert may == {
        "Editor": ["view_story", "add_story", "change_story"],
        "Chief editor": ["view_story", "add_story", "change_story", "publish_story", "change_topic"],
        "Timekeeper": [],
    }


def test_the_documentation_shows_the_table_of_the_file():
    text = (Path(__file__).resolve().parents[2] / "docs" / "editing.md").read_text(encoding="utf-8")
    assert roles().table() in text, f"docs/editing.md needs this table:\n\n{roles().table()}"
