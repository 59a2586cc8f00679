"""The form of a decision in the order in which stewards speak: car, time, fact, offence, decision, reason."""

import re
from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Field, Max

from championship.admin.decisions import EffectForm, EffectFormSet, free_slug
from championship.admin.durations import DurationField
from championship.admin.forms import VersionedForm
from championship.admin.track_time import TrackMomentField, to_track, to_utc
from championship.models import Decision, DecisionEffect, EventEntry, Session
from championship.models.base import Milliseconds
from championship.rules.decisions import EFFECT_KEYS
from championship.services import saving

_CLOCK = re.compile(r"([0-9]{1,2})[:.]?([0-9]{2})(?:[:.]?([0-9]{2}))?", re.ASCII)
EFFECT_FIELDS = (
    *("kind", "time", "laps", "positions", "race"),
    *("best_lap_time", "best_lap_number", "status_before", "amount", "currency"),
)


class CarField(forms.Field):
    """A car of the event, typed and shown by its number; `cars` are those of the event by number."""

    widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "size": 4, "maxlength": 5})

    def __init__(self, *, cars: Mapping[str, EventEntry], **kwargs: Any) -> None:
        self.cars = cars
        super().__init__(**kwargs)

    def prepare_value(self, value: Any) -> Any:
        """The number: of a car, of its key in the database, or as it was typed."""
        if isinstance(value, EventEntry):
            return value.entry.car_number
        return next((number for number, car in self.cars.items() if car.pk == value), value)

    def to_python(self, value: Any) -> EventEntry | None:
        if value in self.empty_values:
            return None
        if isinstance(value, EventEntry):
            return value
        number = str(self.prepare_value(value)).strip().upper()
        if number not in self.cars:
            raise ValidationError(f"Car {number[:8]} is not entered at this event. Type a number of the entry list.")
        return self.cars[number]

    def has_changed(self, initial: Any, data: Any) -> bool:
        shown, typed = self.prepare_value(initial), self.prepare_value(data)
        return str(shown or "").strip().upper() != str(typed or "").strip().upper()


class FactTimeField(TrackMomentField):
    """The moment of the fact, as the clocks at the track have it: `14:05`, `140532`, or with the day before it.

    A time alone is one of `day`, and is shown so.
    """

    widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "size": 12})
    day: date | None = None

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, datetime):
            return value
        day, clock = to_track(value, self.zone)
        return f"{clock:%H:%M:%S}" if day == self.day else f"{day:%Y-%m-%d} {clock:%H:%M:%S}"

    def to_python(self, value: Any) -> datetime | None:
        match = _CLOCK.fullmatch(value.strip()) if isinstance(value, str) else None
        if match is None or self.day is None:
            return super().to_python(value)
        try:
            clock = time(*(int(part or 0) for part in match.groups()))
        except ValueError:
            raise ValidationError("There is no such time. Type it as on the clock: 14:05 or 14:05:32.") from None
        return to_utc(self.day, clock, self.zone).astimezone(self.zone)


class DeskDecisionForm(VersionedForm):
    """A decision of the session that its instance names; number, address and order come by themselves."""

    class Meta:
        model = Decision
        fields = ["event_entry", "fact_at", "fact", "offence", "reason", "status", "is_contained"]
        widgets = {
            "fact": forms.Textarea(attrs={"rows": 2}),
            "offence": forms.Textarea(attrs={"rows": 2}),
            "reason": forms.Textarea(attrs={"rows": 2}),
            "status": forms.RadioSelect,
        }

    fact_at = FactTimeField(label="Time of the fact", required=False)

    def __init__(self, *args: Any, cars: Mapping[str, EventEntry], **kwargs: Any) -> None:
        self.cars = cars
        super().__init__(*args, **kwargs)

    def prepare(self) -> None:
        session: Session = self.instance.session
        self.fields["event_entry"] = CarField(cars=self.cars, label="Car", help_text="Its number.")
        self.order_fields(self.Meta.fields)
        fields: dict[str, Any] = self.fields
        fields["event_entry"].widget.attrs["autofocus"] = self.instance.pk is None
        zone = session.event.zone
        fields["fact_at"].zone, fields["fact_at"].day = zone, session.date
        day = f"A time alone is one of {session.date.day} {session.date:%B}. " if session.date else ""
        example = "14:05 or 14:05:32" if session.date else "2023-12-02 14:05"
        fields["fact_at"].help_text = f"Track time, {zone.key}: {example}. {day}Empty when not on record."
        fields["status"].choices = Decision.Status.choices
        fields["status"].help_text = (
            "Only “applied” moves cars in the next list. Imposed and served outside the list move nobody; "
            "suspended and withdrawn count nowhere."
        )
        for name in ("fact", "offence", "reason"):
            field = Decision._meta.get_field(name)
            fields[name].max_length = field.max_length
            fields[name].widget.attrs["maxlength"] = field.max_length

    def clean(self) -> dict[str, Any] | None:
        """Texts are sentences, not layouts: one line each."""
        cleaned = super().clean() or self.cleaned_data
        for name in ("fact", "offence", "reason"):
            if cleaned.get(name):
                cleaned[name] = " ".join(cleaned[name].split())
        return cleaned


def _form_field(field: Field, **kwargs: Any) -> forms.Field | None:
    if isinstance(field, Milliseconds):
        kwargs["form_class"] = DurationField
    return field.formfield(**kwargs)


class DeskEffectForm(EffectForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["positions"].label = "Places"
        fields["currency"].widget.attrs |= {"size": 4, "list": "currencies"}
        for name in ("laps", "positions", "best_lap_number", "amount"):
            fields[name].widget.attrs["inputmode"] = "numeric"
        for name in EFFECT_FIELDS[1:]:
            fields[name].widget.attrs["data-of"] = " ".join(_kinds_of(name))


def _kinds_of(name: str) -> list[str]:
    """The kinds of effect that this is said of: only with them the page shows its field."""
    return [kind for kind, keys in EFFECT_KEYS.items() if name in keys]


class DeskEffectFormSet(EffectFormSet):
    def add_fields(self, form: forms.ModelForm, index: int | None) -> None:
        super().add_fields(form, index)
        if self.can_delete and "DELETE" in form.fields:
            form.fields["DELETE"].label = "Take this effect away"


Effects = forms.inlineformset_factory(
    Decision,
    DecisionEffect,
    form=DeskEffectForm,
    formset=DeskEffectFormSet,
    fields=EFFECT_FIELDS,
    formfield_callback=_form_field,
    extra=0,
    min_num=0,
    max_num=8,
)


class DecisionForms:
    """The form of a decision with its effects. `stale` when somebody saved it after the person saw it."""

    def __init__(self, decision: Decision, cars: Mapping[str, EventEntry], data: Any = None) -> None:
        self.form = DeskDecisionForm(data, instance=decision, cars=cars)
        self.stale = self.form.stale
        self.effects = Effects(data, instance=decision, stale=self.stale, prefix="effects")
        self.effects.extra = 1 if decision.pk is None else 0

    @property
    def differences(self) -> list[Any]:
        return [*self.form.differences, *self.effects.differences]

    def is_valid(self) -> bool:
        # Both, so that everything that is wrong is said at once.
        return all([self.form.is_valid(), self.effects.is_valid()])

    def save(self) -> Decision:
        """Write the decision and its effects, in the caller's transaction, which holds the row of the session."""
        decision: Decision = self.form.save(commit=False)
        seen = decision.version if decision.pk else None
        if decision.pk is None:
            others = decision.session.decisions
            taken = set(others.values_list("slug", flat=True))
            decision.slug = free_slug(f"car-{decision.event_entry.entry.car_number.lower()}", taken)
            decision.order = (others.aggregate(last=Max("order"))["last"] or 0) + 1
        reason = self.form.cleaned_data.get("change_reason", "")
        saving.save(decision, reason=reason, seen_version=seen)
        self.effects.instance = decision
        self.effects.change_reason = reason
        self.effects.save()
        return decision
