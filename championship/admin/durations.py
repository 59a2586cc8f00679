"""Times of laps and races as officials type and read them."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from championship.rules.durations import read_duration, with_unit


class DurationField(forms.Field):
    """A time in milliseconds, typed as 1:46.000 or in seconds, and shown back so."""

    widget = forms.TextInput(attrs={"size": 14, "autocomplete": "off"})

    def __init__(self, *, min_value: int = 0, **kwargs: Any) -> None:
        # No sign can be typed, so that no time is below the `min_value` that a column without sign asks for.
        kwargs["help_text"] = f"{kwargs.get('help_text', '')} Type 1:46.000 or, in seconds, 65.000.".strip()
        super().__init__(**kwargs)

    def prepare_value(self, value: Any) -> Any:
        return with_unit(value) if isinstance(value, int) else value

    def to_python(self, value: Any) -> int | None:
        if value in self.empty_values:
            return None
        milliseconds = value if isinstance(value, int) else read_duration(value)
        if milliseconds is None:
            raise ValidationError("Type a time such as 1:46.000, or seconds such as 65.000.")
        return milliseconds


def in_words(milliseconds: int | None) -> str:
    """For a column of a list; empty when there is no time."""
    return "" if milliseconds is None else with_unit(milliseconds)
