"""The roles, as championship/roles.toml says who may do what.

Every permission is named there, so that a later model gives nobody anything by itself.
"""

from django.contrib.auth.management import create_permissions
from django.db import migrations

from championship.rules.roles import roles


def make_roles(apps, schema_editor):
    config = apps.get_app_config("championship")
    # Permissions are made after the last migration of all; a fresh database has none yet. create_permissions
    # skips an app without a models module, as the apps of a migration are.
    config.models_module = True
    create_permissions(config, apps=apps, using=schema_editor.connection.alias, verbosity=0)
    config.models_module = None
    permissions = apps.get_model("auth", "Permission").objects.filter(content_type__app_label="championship")
    by_name = {permission.codename: permission for permission in permissions}
    for name in roles().names.values():
        group, _ = apps.get_model("auth", "Group").objects.get_or_create(name=name)
        group.permissions.set([by_name[codename] for codename in roles().permissions(name)])


def remove_roles(apps, schema_editor):
    apps.get_model("auth", "Group").objects.filter(name__in=roles().names.values()).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("championship", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(make_roles, remove_roles)]
