"""Decisions of the stewards. They move cars with the next published version of a classification, not before."""

from collections.abc import Collection
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AdminTextInputWidget
from django.db.models import Max, Model
from django.http import HttpRequest
from django.urls import reverse

from championship.admin.base import SOURCE, JoinedFilter, OfficialAdmin, Rows
from championship.admin.choices import SeasonChoices
from championship.admin.forms import RowForm, RowFormSet, VersionedForm
from championship.admin.track_time import TrackMomentField
from championship.models import Classification, Decision, DecisionEffect, Session
from championship.selectors.effects import effect_words


class DecisionForm(VersionedForm):
    """The time of the fact is that of the clocks at the track; slug and order may be left to the site."""

    def prepare(self) -> None:
        if fact_at := self.fields.get("fact_at"):
            session = self._session()
            zone = session.event.zone if session else None
            fact_at.zone = zone or fact_at.zone
            where = f"Track time, {zone.key}." if zone else "At the track: the zone of the session that you choose."
            fact_at.help_text = f"{where} {fact_at.help_text}"
        if self.instance.pk is None:
            for name in ("slug", "order"):
                self.fields[name].required = False
            self.fields["slug"].help_text = "In its address. Leave it empty for car-24, and car-24-2 for a second one."
            self.fields["order"].help_text = "Leave it empty to apply it after the other decisions of the session."
            self.fields["order"].initial = None

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or self.cleaned_data
        session, car = cleaned.get("session"), cleaned.get("event_entry")
        if self.instance.pk is None and session and car:
            if not cleaned.get("slug") and "slug" not in self.errors:
                taken = set(session.decisions.values_list("slug", flat=True))
                cleaned["slug"] = free_slug(f"car-{car.entry.car_number.lower()}", taken)
            if cleaned.get("order") is None and "order" not in self.errors:
                last = session.decisions.aggregate(last=Max("order"))["last"]
                cleaned["order"] = (last or 0) + 1
        return cleaned

    def _session(self) -> Session | None:
        """The session that the decision is about, or the one that is chosen in the form."""
        if self.instance.session_id:
            return self.instance.session
        chosen = str((self.data if self.is_bound else self.initial).get("session") or "")
        if not (chosen.isascii() and chosen.isdigit() and len(chosen) < 18):
            return None
        return Session.objects.select_related("event__circuit").filter(pk=chosen).first()


def free_slug(slug: str, taken: Collection[str]) -> str:
    """`slug`, or with the lowest number behind it that is not taken, from 2."""
    number, free = 1, slug
    while free in taken:
        number += 1
        free = f"{slug}-{number}"
    return free


class EffectForm(RowForm):
    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("kind") == DecisionEffect.Kind.REINSTATED and not cleaned.get("status_before"):
            self.add_error("status_before", "Enter the status that the car gets back.")
        return cleaned


class EffectFormSet(RowFormSet):
    def save_new(self, form: forms.ModelForm, commit: bool = True) -> Model:
        """Behind the others: officials never type the order of effects."""
        last = self.instance.effects.aggregate(last=Max("order"))["last"]
        form.instance.order = (last or 0) + 1
        return super().save_new(form, commit)


class EffectInline(Rows, admin.StackedInline):
    model = DecisionEffect
    form = EffectForm
    formset = EffectFormSet
    ordering = ("order",)
    readonly_fields = ("what_it_does",)
    verbose_name_plural = "effects"
    classes = ("compact",)

    def get_fieldsets(self, request: HttpRequest, obj: Decision | None = None) -> Any:
        """Whoever cannot change it reads it as readers do."""
        if not self.has_change_permission(request, obj):
            return ((None, {"fields": (("what_it_does", "status_before"),)}),)
        rows = (
            ("kind", "time", "laps", "positions", "race"),
            ("best_lap_time", "best_lap_number", "status_before", "amount", "currency"),
        )
        return ((None, {"fields": rows}),)

    def get_extra(self, request: HttpRequest, obj: Decision | None = None, **kwargs: Any) -> int:
        return 1 if obj is None else 0

    @admin.display(description="what it does")
    def what_it_does(self, effect: DecisionEffect) -> str:
        return effect_words(effect)


@admin.register(Decision)
class DecisionAdmin(SeasonChoices, OfficialAdmin):
    form = DecisionForm
    list_display = ("car_number", "session", "number", "fact", "status", "order")
    list_display_links = ("car_number", "session")
    list_filter = (("session__event", JoinedFilter), "status")
    search_fields = ("=number", "=event_entry__entry__car_number", "fact", "offence")
    search_help_text = "Number of the decision or of the car, fact or offence"
    ordering = ("-session__event__starts_on", "session__slug", "order")
    joined = ("session__event__season", "session__event__circuit", "event_entry__entry__team", "event_entry__event")
    autocomplete_fields = ("event_entry",)
    radio_fields = {"status": admin.HORIZONTAL}
    fixed = ("session", "slug")
    parts = ("effects",)
    inlines = (EffectInline,)
    fieldsets = (
        (
            None,
            {
                "fields": ("session", "event_entry", ("slug", "number", "order"), "status", "is_contained"),
                "description": "Saving a decision moves no car and changes nothing that is published. The next version "
                "of the classification that is published takes it as it is then.",
            },
        ),
        ("What happened, and why it was decided so", {"fields": ("fact_at", "fact", "offence", "reason")}),
        SOURCE,
    )

    @admin.display(description="car", ordering="event_entry__entry__car_number")
    def car_number(self, decision: Decision) -> str:
        return decision.event_entry.entry.car_number

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "fact_at":
            return TrackMomentField(label="Time of the fact", required=False, help_text=db_field.help_text)
        if db_field.name in ("fact", "offence", "reason"):
            kwargs["widget"] = AdminTextInputWidget(attrs={"class": "vLargeTextField"})
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def view_on_site(self, decision: Decision) -> str | None:
        """A decision has a page once it counts in a published version."""
        counts = Classification.objects.published().filter(applied__decision=decision).exists()
        return decision.get_absolute_url() if counts else None

    def object_tools(self, request: HttpRequest, obj: Decision) -> list[tuple[str, str]]:
        event = obj.session.event
        desk = reverse("admin:desk_decision", args=[event.season.slug, event.slug, obj.session.slug, obj.slug])
        return [
            *super().object_tools(request, obj),
            ("At the desk", desk),
            ("Versions of the classification", self.list_url(Classification, session__id__exact=obj.session_id)),
        ]
