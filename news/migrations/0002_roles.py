"""What the roles may do in the newsroom, as news/roles.toml says it. The groups themselves are the championship's."""

from django.contrib.auth.management import create_permissions
from django.db import migrations

from news.roles import roles


def give(apps, schema_editor):
    config = apps.get_app_config("news")
    # Permissions are made after the last migration of all; a fresh database has none yet. create_permissions
    # skips an app without a models module, as the apps of a migration are.
    config.models_module = True
    create_permissions(config, apps=apps, using=schema_editor.connection.alias, verbosity=0)
    config.models_module = None
    permissions = apps.get_model("auth", "Permission").objects.filter(content_type__app_label="news")
    by_name = {permission.codename: permission for permission in permissions}
    for name in roles().names.values():
        group, _ = apps.get_model("auth", "Group").objects.get_or_create(name=name)
        group.permissions.add(*(by_name[codename] for codename in roles().permissions(name)))


def take(apps, schema_editor):
    permissions = apps.get_model("auth", "Permission").objects.filter(content_type__app_label="news")
    for group in apps.get_model("auth", "Group").objects.filter(name__in=roles().names.values()):
        group.permissions.remove(*permissions)


class Migration(migrations.Migration):
    dependencies = [
        ("news", "0001_initial"),
        ("championship", "0002_roles"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(give, take)]
