"""The field in which the text of a story is written: HTML in a plain textarea, an editor with JavaScript."""

from textwrap import shorten
from typing import Any

from django import forms

from news.markup import clean, words_of

LONGEST_WORDS = 160


class BodyWidget(forms.Textarea):
    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"rows": 24, "data-body": "", "spellcheck": "true", **(attrs or {})})


class BodyField(forms.CharField):
    """HTML, sanitised as it comes in, so that what is compared and shown again is what would be stored."""

    widget = BodyWidget

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(strip=False, **kwargs)

    def to_python(self, value: Any) -> str:
        return clean(super().to_python(value))

    def in_words(self, value: str) -> str:
        """How the text begins, without its markup."""
        return shorten(words_of(value), LONGEST_WORDS, placeholder=" …")
