from typing import Any

from django.db import models

from news.markup import clean


class MarkupField(models.TextField):
    """The text of a story or page as HTML, sanitised on every way into the database."""

    def get_prep_value(self, value: Any) -> Any:
        prepared = super().get_prep_value(value)
        return clean(prepared) if isinstance(prepared, str) else prepared

    def deconstruct(self) -> Any:
        # The column is a text like any other: migrations need not know more.
        name, _, args, kwargs = super().deconstruct()
        return name, "django.db.models.TextField", args, kwargs
