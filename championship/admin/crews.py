"""The crew of a car, as rows of its entry's page."""

from collections.abc import Mapping
from typing import Any

from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect
from django.db.models import Model
from django.http import HttpRequest
from django.utils.functional import cached_property

from championship.admin.base import Rows
from championship.admin.forms import RowForm, RowFormSet
from championship.models import MOST_SEATS, CrewMember, Driver, SeasonCrewMember
from championship.rules.crews import seat_problem
from championship.services.crews import NewSeat, set_crew

USUAL_CREW = 3


class DriverSelect(AutocompleteSelect):
    """A search field that knows the drivers of the page, so that not every seat asks for its own."""

    known: Mapping[str, Driver] = {}

    def optgroups(self, name: str, value: list[str], attrs: dict[str, Any] | None = None) -> list[Any]:
        chosen = [key for key in value if key]
        if any(key not in self.known for key in chosen):
            return super().optgroups(name, value, attrs)
        options = [] if self.is_required else [self.create_option(name, "", "", False, 0)]
        options += [self.create_option(name, key, str(self.known[key]), True, len(options)) for key in chosen]
        return [(None, options, 0)]


class SeatForm(RowForm):
    """One seat: a named driver, or to be announced with the rating that it needs."""


class CrewFormSet(RowFormSet):
    """The whole crew, written at once: seats count from 1 and nobody sits twice."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.is_bound:
            taken = len(self.get_queryset()) if self.instance.pk else 0
            self.initial_extra = [{"seat": seat} for seat in range(taken + 1, taken + self.extra + 1)]

    @cached_property
    def known_drivers(self) -> dict[str, Driver]:
        """The drivers who are in the crew, by their keys as a form says them."""
        return {str(row.driver_id): row.driver for row in self.get_queryset() if row.driver_id}

    def prepare(self, form: SeatForm) -> None:
        # Inside the widget that adds the link “Add another”.
        form.fields["driver"].widget.widget.known = self.known_drivers

    def row_label(self, row: Model) -> str:
        return f"Seat {row.seat}"  # type: ignore[attr-defined]

    def clean(self) -> None:
        seats: dict[int, Any] = {}
        drivers: dict[int, int] = {}
        for form in self.kept_forms():
            seat, driver = form.cleaned_data.get("seat"), form.cleaned_data.get("driver")
            if seat in seats:
                form.add_error("seat", f"Seat {seat} is in the crew twice.")
            elif seat is not None:
                seats[seat] = form
            if driver is not None and driver.pk in drivers:
                form.add_error("driver", f"{driver} has seat {drivers[driver.pk]} of this car already.")
            elif driver is not None:
                drivers[driver.pk] = seat
        problem = seat_problem(list(seats))
        if problem and seats:
            seats[max(seats)].add_error("seat", problem)

    def save(self, commit: bool = True) -> list[Model]:
        self.new_objects, self.changed_objects, self.deleted_objects = [], [], []
        if not self.has_changed():
            return []
        kept = self.kept_forms()
        for form in self.forms:
            if form not in kept:
                self.deleted_objects += [form.instance] if form.instance.pk else []
            elif not form.instance.pk:
                self.new_objects.append(form.instance)
            elif form.has_changed():
                self.changed_objects.append((form.instance, form.changed_data))
        crew = [
            NewSeat(
                seat=form.cleaned_data["seat"],
                driver=form.cleaned_data["driver"],
                rating=form.cleaned_data["rating"],
                nationality=str(form.cleaned_data["nationality"] or ""),
            )
            for form in kept
        ]
        set_crew(self.instance, crew, reason=self.change_reason)
        return []


class CrewInline(Rows, admin.TabularInline):
    form = SeatForm
    formset = CrewFormSet
    fields = ("seat", "driver", "rating", "nationality", "status")
    autocomplete_fields = ("driver",)
    joined = ("driver",)
    ordering = ("seat",)
    max_num = MOST_SEATS

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "driver":
            kwargs["widget"] = DriverSelect(db_field, self.admin_site)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def get_extra(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> int:
        """Room for the usual crew, and always for one more."""
        seats = obj.crew.count() if obj is not None else 0
        return max(USUAL_CREW - seats, 1)


class SeasonCrewInline(CrewInline):
    model = SeasonCrewMember
    verbose_name_plural = "crew for the season (before the crews of the events are known)"


class EventCrewInline(CrewInline):
    model = CrewMember
    verbose_name_plural = "crew at this event"
