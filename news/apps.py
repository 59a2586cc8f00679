from django.apps import AppConfig


class NewsConfig(AppConfig):
    name = "news"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from championship import stamp
        from news.models import UNSEEN

        stamp.watch(model for model in self.get_models() if model not in UNSEEN)
