"""What editors type on the newsroom's pages."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from django import forms
from django.core.exceptions import ValidationError

from championship.admin.desk.forms import SHORT
from championship.rules.times import NO_SUCH_DAY, is_on_all_clocks, moments_at
from news.models import Story
from news.selectors.zones import HOME, ZoneChoice

LARGEST = 2_000_000_000


class SeenForm(forms.Form):
    """Something is done with a story as this person saw it: its version, and the newest edition at that moment."""

    seen_version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=LARGEST)
    seen_edition = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=LARGEST, required=False)

    def stand_for(self, story: Story) -> None:
        """A form that comes back is about the story as the page shows it now; what was typed stays."""
        self.data = self.data.copy()
        for name, value in seen_of(story).items():
            self.data[name] = str(value)


def seen_of(story: Story) -> dict[str, int]:
    return {"seen_version": story.version, "seen_edition": story.editions_saved}


class ReasonForm(SeenForm):
    reason = forms.CharField(label="Reason", max_length=100, widget=SHORT)


class ReturnForm(SeenForm):
    reason = forms.CharField(label="What is to be done first", max_length=85, required=False, widget=SHORT)


class MilestoneForm(forms.Form):
    name = forms.CharField(
        label="Name of this edition",
        max_length=60,
        required=False,
        widget=SHORT,
        help_text="To find it again: “As sent to the team”. Empty takes the name away.",
    )


class WhenForm(forms.Form):
    """A moment on the clocks of a zone; `cleaned_data["at"]` is it in UTC, None for now.

    `here` is the zone of the browser, "" where it is not known; static/js/publish-time.js tells it, and offers it.
    """

    day = forms.DateField(required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    time = forms.TimeField(required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    zone = forms.CharField(required=False, max_length=60, label="On the clocks of", widget=forms.Select)
    here = forms.CharField(required=False, max_length=60, widget=forms.HiddenInput)

    def __init__(self, *args: Any, zones: tuple[ZoneChoice, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.zones = zones
        offered = [(choice.name, choice.label) for choice in zones]
        typed = self.data.get("zone", "")
        if typed in available_timezones() and typed not in dict(offered):
            offered.append((typed, typed.replace("_", " ")))
        self.fields["zone"].widget.choices = offered

    @property
    def chosen(self) -> ZoneInfo:
        """The zone in which the time is typed."""
        typed = self.data.get("zone") or self.initial.get("zone", "")
        return ZoneInfo(typed if typed in available_timezones() else self.zones[0].name)

    @property
    def second(self) -> ZoneInfo | None:
        """Whose clocks the words name as well: the browser's, else the organiser's, else those of the first track."""
        typed = self.data.get("here", "")
        here = typed if typed in available_timezones() else HOME
        names = [here, HOME, self.zones[0].name]
        return next((ZoneInfo(name) for name in names if name != self.chosen.key), None)

    def clean_zone(self) -> str:
        typed = self.cleaned_data["zone"]
        if typed and typed not in available_timezones():
            raise ValidationError("There is no such zone. Choose one of the list.")
        return typed

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        day, time = found.get("day"), found.get("time")
        found["at"] = None
        if self.errors or (day is None and time is None):
            return found
        if time is None:
            raise ValidationError({"time": "Type the time as well, such as 09:00."})
        if day is None:
            raise ValidationError({"day": "Choose the day as well."})
        found["at"] = self._moment(datetime.combine(day, time))
        return found

    def _moment(self, typed: datetime) -> datetime:
        """Raises ValidationError for a time that the clocks skip, or show twice."""
        zone = self.chosen
        said = f"{typed:%H:%M} on {typed.day} {typed:%B %Y}"
        where = zone.key.replace("_", " ")
        try:
            moments = moments_at(typed.date(), typed.time(), zone)
        except OverflowError:
            raise ValidationError({"day": NO_SUCH_DAY}) from None
        if not all(is_on_all_clocks(moment) for moment in moments):
            raise ValidationError({"day": NO_SUCH_DAY})
        if not moments:
            raise ValidationError(
                {"time": f"The clocks of {where} skip {said}: they go forward then. Choose a time an hour later."}
            )
        if len(moments) > 1:
            raise ValidationError(
                {"time": f"The clocks of {where} show {said} twice: they go back then. Choose UTC, and type it there."}
            )
        return moments[0]


class PublishForm(WhenForm, SeenForm):
    update_note = forms.CharField(
        label="What is new, for readers",
        max_length=200,
        required=False,
        widget=SHORT,
        help_text="In a few words: “Dates added”. Readers see it beside the time of the update.",
    )
