from django.apps import AppConfig


class ChampionshipConfig(AppConfig):
    name = "championship"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from championship import stamp

        stamp.watch(self.get_models())
