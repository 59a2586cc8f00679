"""Sessions and rounds, as rows of their event's page."""

from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.core.exceptions import ValidationError
from django.db.models import F, Prefetch, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.html import format_html

from championship.admin.base import PlainPages, Rows
from championship.admin.forms import RowForm, RowFormSet
from championship.admin.track_time import to_track, to_utc
from championship.models import Event, RaceClass, Round, Session


class SessionForm(RowForm):
    """A session whose start is typed in track time: the zone of the event's circuit."""

    start_time = forms.TimeField(
        label="Start (track time)",
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )

    class Meta:
        model = Session
        fields = [
            "name",
            "slug",
            "kind",
            "date",
            "start_time",
            "start_status",
            "duration_minutes",
            "state",
            "state_reason",
            "race_classes",
        ]

    def show_in(self, zone: ZoneInfo | None) -> None:
        """Show the start in `zone`, and say so; None while the circuit is not chosen."""
        self.shown_zone = zone
        if zone is None:
            self.fields["start_time"].help_text = "At the track: the zone of the circuit that you choose."
            return
        self.fields["start_time"].help_text = f"Track time, {zone.key}."
        if self.instance.starts_at is not None:
            self.initial["start_time"] = to_track(self.instance.starts_at, zone)[1]

    def has_changed(self) -> bool:
        """A new circuit may mean another zone: the clock times stay as they are shown, so the moments change."""
        moved = self.shown_zone is not None and self._zone() != self.shown_zone
        return super().has_changed() or (moved and self.instance.starts_at is not None)

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or self.cleaned_data
        confirmed = Session.StartStatus.CONFIRMED
        for name, label in (("date", "day"), ("start_time", "time")):
            if cleaned.get("start_status") == confirmed and cleaned.get(name) is None and name not in self.errors:
                self.add_error(name, f"A confirmed start needs its {label}.")
        if "kind" in self.changed_data and self.instance.pk and cleaned.get("kind") != Session.Kind.RACE:
            round_ = self.instance.round_or_none
            if round_ is not None:
                self.add_error("kind", f"This is the race of round {round_.number}. Delete that round first.")
        self._set_start()
        return cleaned

    def _zone(self) -> ZoneInfo | None:
        event = self.instance.event
        return event.zone if event.circuit_id else None

    def _set_start(self) -> None:
        day, clock, zone = self.cleaned_data.get("date"), self.cleaned_data.get("start_time"), self._zone()
        if clock is None or zone is None:
            self.instance.starts_at = None
        elif day is None:
            if "date" not in self.errors:
                self.add_error("date", "Enter the day too: the start is a moment.")
        elif self.instance.starts_at is None or to_track(self.instance.starts_at, zone) != (day, clock):
            try:
                self.instance.starts_at = to_utc(day, clock, zone)
            except ValidationError as error:
                self.add_error("start_time", error)

    def _get_validation_exclusions(self) -> set[str]:
        # Set above, from the fields of this form.
        return super()._get_validation_exclusions() - {"starts_at"}

    def _post_clean(self) -> None:
        super()._post_clean()
        if self.instance.event.pk is None and not self.errors:
            try:
                self.instance.check_days(self.instance.event)
            except ValidationError as error:
                self._update_errors(error)


class SessionFormSet(RowFormSet):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        event: Event = kwargs["instance"]
        # Before the page's own form replaces it by what was typed.
        self.zone = event.zone if event.circuit_id else None
        super().__init__(*args, **kwargs)

    @cached_property
    def class_choices(self) -> list[tuple[int, str]]:
        """Read once for all rows."""
        return [(row.pk, str(row)) for row in self.form.base_fields["race_classes"].queryset]

    def prepare(self, form: SessionForm) -> None:
        form.show_in(self.zone)
        form.fields["race_classes"].widget.choices = self.class_choices
        if form.instance.pk:
            form.fields["slug"].disabled = True
            form.fields["slug"].show_hidden_initial = False


class SessionInline(Rows, admin.StackedInline):
    model = Session
    form = SessionForm
    formset = SessionFormSet
    ordering = (F("date").asc(nulls_last=True), F("starts_at").asc(nulls_last=True), "slug")
    prepopulated_fields = {"slug": ("name",)}
    readonly_fields = ("desk",)
    fieldsets = (
        (
            None,
            {"fields": (("name", "slug", "kind", "desk"), ("date", "start_time", "start_status", "duration_minutes"))},
        ),
        (
            "Postponed or cancelled, only some classes",
            {"fields": (("state", "state_reason"), "race_classes"), "classes": ("collapse",)},
        ),
    )
    classes = ("compact",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Session]:
        classes = Prefetch("race_classes", RaceClass.objects.select_related("season"))
        return super().get_queryset(request).prefetch_related(classes)

    @admin.display(description="results")
    def desk(self, session: Session) -> str:
        if session.pk is None:
            return "once it is saved"
        event = session.event
        address = reverse("admin:desk", args=[event.season.slug, event.slug, session.slug])
        return format_html('<a href="{}">Race desk</a>', address)

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "race_classes":
            classes = RaceClass.objects.select_related("season")
            event = request.resolver_match.kwargs.get("object_id", "") if request.resolver_match else ""
            if event.isdigit():
                classes = classes.filter(season__events=event)
            kwargs["queryset"] = classes
            kwargs["widget"] = forms.CheckboxSelectMultiple()
        return super().formfield_for_manytomany(db_field, request, **kwargs)


class RoundForm(RowForm):
    class Meta:
        model = Round
        fields = ["number", "race_session", "grid_from", "distance_share"]

    def _get_validation_exclusions(self) -> set[str]:
        # The formset knows all rounds of the page, so it checks the numbers.
        return super()._get_validation_exclusions() | {"season"}


class RoundFormSet(RowFormSet):
    """One or two rounds, numbered through the season, each with a race of this event."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        event: Event = kwargs["instance"]
        self.sessions = list(event.sessions.exclude(kind=Session.Kind.PRACTICE)) if event.pk else []
        messages = {"too_many_forms": "An event holds one or two rounds."}
        super().__init__(*args, error_messages=messages | (kwargs.pop("error_messages", None) or {}), **kwargs)

    def prepare(self, form: RoundForm) -> None:
        kinds = {"race_session": Session.Kind.RACE, "grid_from": Session.Kind.QUALIFYING}
        for name, kind in kinds.items():
            field = form.fields[name]
            field.queryset = self.instance.sessions.filter(kind=kind) if self.instance.pk else Session.objects.none()
            empty = [("", "---------")] if name == "race_session" else []
            field.widget.choices = empty + [(row.pk, row.name) for row in self.sessions if row.kind == kind]

    def row_label(self, row: Round) -> str:
        return f"Round {row.number}"

    def clean(self) -> None:
        taken = self._numbers_of_other_events()
        numbers: set[int] = set()
        races: set[int] = set()
        for form in self.kept_forms():
            number, race = form.cleaned_data.get("number"), form.cleaned_data.get("race_session")
            if number in taken:
                form.add_error("number", f"Round {number} is held at {taken[number]}. Choose another number.")
            if number in numbers:
                form.add_error("number", f"Round {number} is here twice.")
            if race is not None and race.pk in races:
                form.add_error("race_session", "This race is a round already. Each round has a race of its own.")
            numbers.add(number)
            races.add(race.pk if race else 0)

    def save(self, commit: bool = True) -> list[Round]:
        # Two rounds may exchange their numbers: for a moment they would meet in the database.
        moving = [form.instance.pk for form in self.initial_forms if "number" in form.changed_data]
        Round.objects.filter(pk__in=moving).update(number=F("number") + 10_000)
        return super().save(commit)

    def _numbers_of_other_events(self) -> dict[int, str]:
        others = Round.objects.filter(season=self.instance.season_id).exclude(event=self.instance.pk)
        return dict(others.values_list("number", "event__name"))


class RoundInline(Rows, admin.TabularInline):
    model = Round
    form = RoundForm
    formset = RoundFormSet
    joined = ("race_session__event",)
    max_num = 2
    extra = 1

    def get_queryset(self, request: HttpRequest) -> QuerySet[Round]:
        grids = Prefetch("grid_from", Session.objects.select_related("event"))
        return super().get_queryset(request).prefetch_related(grids)

    def get_formset(self, request: HttpRequest, obj: Event | None = None, **kwargs: Any) -> Any:
        return super().get_formset(request, obj, validate_max=True, **kwargs)

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        kwargs["widget"] = forms.CheckboxSelectMultiple()
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if isinstance(getattr(field, "widget", None), RelatedFieldWidgetWrapper):
            # Sessions are rows of this page: there is no other place to add one.
            field.widget.can_add_related = False
        return field


@admin.register(Session)
class SessionChoices(PlainPages, admin.ModelAdmin):
    """For search fields that choose sessions. It has no pages: sessions are edited on that of their event."""

    search_fields = ("name", "slug", "event__name", "event__season__label")
    joined = ("event__season",)
    ordering = ("-event__season__slug", "event__starts_on", "pk")

    def get_urls(self) -> list[Any]:
        return []

    def get_model_perms(self, request: HttpRequest) -> dict[str, bool]:
        return {}

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False
