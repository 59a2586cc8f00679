"""The choice of a picture of the library: a search field whose suggestions show the pictures."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib.admin.widgets import AutocompleteSelect

from championship.models import Picture
from championship.selectors.pictures import thumbnail_url


class PictureSelect(AutocompleteSelect):
    """Django's search field. With `picture-choice.js` each picture stands beside its title; without, titles alone."""

    def optgroups(self, name: str, value: Sequence[str], attr: dict[str, Any] | None = None) -> list[Any]:
        groups = super().optgroups(name, value, attr)
        options = {str(option["value"]): option for _, options, _ in groups for option in options if option["value"]}
        for picture in Picture.objects.filter(pk__in=options) if options else ():
            options[str(picture.pk)]["attrs"]["data-thumb"] = thumbnail_url(picture)
        return groups

    @property
    def media(self) -> forms.Media:
        return super().media + forms.Media(js=[forms.Script("js/picture-choice.js", type="module")])


class PictureChoices:
    """For a ModelAdmin: every relation to a picture is chosen with its picture in sight."""

    def formfield_for_foreignkey(self, db_field: Any, request: Any, **kwargs: Any) -> forms.Field | None:
        if db_field.related_model is Picture:
            kwargs["widget"] = PictureSelect(db_field, self.admin_site)  # type: ignore[attr-defined]
        return super().formfield_for_foreignkey(db_field, request, **kwargs)  # type: ignore[misc,no-any-return]
