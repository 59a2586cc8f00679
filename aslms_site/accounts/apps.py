from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "aslms_site.accounts"
    label = "accounts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from django.contrib.admin import site

        from aslms_site.accounts import admin, signals, sqlite_json, used_codes

        admin.register(site)
        signals.connect()
        used_codes.install()
        sqlite_json.install()
