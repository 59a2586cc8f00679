"""The two roles: Race officials maintain the season, Editors read it.

Every permission is named here, so that a later model gives nobody anything by itself.
"""

from django.contrib.auth.management import create_permissions
from django.db import migrations

# What makes up a season. An official adds and changes all of it.
SPORT = (
    "season",
    "raceclass",
    "raceclassalias",
    "title",
    "invitation",
    "pointssettings",
    "pointsscaleline",
    "circuit",
    "event",
    "session",
    "round",
    "manufacturer",
    "carmodel",
    "carmodelalias",
    "team",
    "teamalias",
    "driver",
    "driveralias",
    "entry",
    "seasoncrewmember",
    "evententry",
    "crewmember",
    "classificationdraft",
    "decision",
    "decisioneffect",
    "poleposition",
    "eligibilityoverride",
    "adjustment",
    "document",
    "timingimport",
)
# Of these an official may also take one away again: none of them is a published fact, and the database itself
# holds on to an entry that stands on a published list.
REMOVABLE = (
    "pointsscaleline",
    "session",
    "round",
    "teamalias",
    "driveralias",
    "entry",
    "seasoncrewmember",
    "evententry",
    "crewmember",
    "classificationdraft",
    "decisioneffect",
    "poleposition",
    "eligibilityoverride",
    "adjustment",
    "carmodelalias",
    "raceclassalias",
    "document",
)
# Written by publishing and computing, never by hand.
PUBLISHED = (
    "entrylist",
    "entrylistline",
    "entrylistseat",
    "classification",
    "classificationstate",
    "applieddecision",
    "result",
    "resultdriver",
    "score",
    "standinglist",
    "standing",
)

READ = [
    *(f"view_{model}" for model in (*SPORT, *PUBLISHED)),
    *(f"view_historical{model}" for model in (*SPORT, "classificationstate")),
]
ROLES = {
    "Race officials": [
        *READ,
        *(f"add_{model}" for model in SPORT),
        *(f"change_{model}" for model in SPORT),
        *(f"delete_{model}" for model in REMOVABLE),
        "change_classificationstate",
        "publish_entrylist",
        "check_classification",
        "publish_classification",
        "make_classification_official",
        "recall_classification",
        "recall_own_classification",
        "publish_decision",
        "publish_document",
    ],
    "Editors": READ,
}


def make_roles(apps, schema_editor):
    config = apps.get_app_config("championship")
    # Permissions are made after the last migration of all; a fresh database has none yet. create_permissions
    # skips an app without a models module, as the apps of a migration are.
    config.models_module = True
    create_permissions(config, apps=apps, using=schema_editor.connection.alias, verbosity=0)
    config.models_module = None
    permissions = apps.get_model("auth", "Permission").objects.filter(content_type__app_label="championship")
    by_name = {permission.codename: permission for permission in permissions}
    for name, codenames in ROLES.items():
        group, _ = apps.get_model("auth", "Group").objects.get_or_create(name=name)
        group.permissions.set([by_name[codename] for codename in codenames])


def remove_roles(apps, schema_editor):
    apps.get_model("auth", "Group").objects.filter(name__in=ROLES).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("championship", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(make_roles, remove_roles)]
