from collections.abc import Sequence
from typing import Any

from django.contrib import admin, messages
from django.db.models import Count, QuerySet
from django.forms import BaseFormSet, ModelForm
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from championship import rights
from championship.admin.base import SOURCE, OfficialAdmin
from championship.admin.desk.import_places import MAY_ENTRIES
from championship.admin.enter_cars import EnterCarsMixin
from championship.admin.publishing import PublishEntryListMixin
from championship.admin.sessions import RoundInline, SessionInline
from championship.models import Classification, Decision, EntryList, Event, EventEntry, PolePosition, Round, Session


@admin.register(Event)
class EventAdmin(EnterCarsMixin, PublishEntryListMixin, OfficialAdmin):
    """The hub of a race weekend: its days, sessions and rounds, and the ways to its cars and lists."""

    list_display = ("name", "season", "circuit", "starts_on", "cars", "is_cancelled")
    list_filter = ("season", "is_cancelled")
    search_fields = ("name", "slug", "circuit__name", "season__label")
    ordering = ("-season__slug", "starts_on")
    autocomplete_fields = ("season", "circuit")
    joined = ("season", "circuit")
    fixed = ("season", "slug")
    watched = ("sessions", "rounds")
    fieldsets = (
        (
            None,
            {
                "fields": (
                    "season",
                    ("name", "slug"),
                    "circuit",
                    ("starts_on", "ends_on"),
                    "is_cancelled",
                    "lead_picture",
                )
            },
        ),
        ("On the day", {"fields": ("live_timing_url", "broadcast_url", "tickets_url", "note")}),
        SOURCE,
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Event]:
        return super().get_queryset(request).annotate(number_of_cars=Count("event_entries"))

    @admin.display(description="cars", ordering="number_of_cars")
    def cars(self, event: Event) -> int:
        return event.number_of_cars  # type: ignore[attr-defined]  # annotated above

    def get_inlines(self, request: HttpRequest, obj: Event | None) -> list[Any]:
        """Rounds are races of the event, so there must be a race first."""
        has_race = obj is not None and obj.sessions.filter(kind=Session.Kind.RACE).exists()
        return [SessionInline, RoundInline] if has_race else [SessionInline]

    def object_tools(self, request: HttpRequest, obj: Event) -> list[tuple[str, str]]:
        place = [obj.season.slug, obj.slug]
        imports = [("Cars from a timing file", reverse("admin:desk_entries_import", args=place))]
        return [
            *super().object_tools(request, obj),
            *(imports if all(rights.may(request.user, right, obj) for right in MAY_ENTRIES) else []),
            (f"Cars at this event ({obj.event_entries.count()})", self.list_url(EventEntry, event__id__exact=obj.pk)),
            ("Published lists", self.list_url(EntryList, event__id__exact=obj.pk)),
            ("Results", self.list_url(Classification, session__event__id__exact=obj.pk)),
            ("Decisions", self.list_url(Decision, session__event__id__exact=obj.pk)),
            ("Pole positions", self.list_url(PolePosition, round__event__id__exact=obj.pk)),
            ("Notice board", reverse("admin:desk_documents", args=[obj.season.slug, obj.slug])),
        ]

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        event = form.instance
        if event.is_cancelled:
            return
        if not event.rounds.exists():
            messages.warning(request, "No round yet: add the race, save, and number its round below the sessions.")
        numbers = set(Round.objects.filter(season=event.season_id).values_list("number", flat=True))
        if numbers and (missing := set(range(1, max(numbers))) - numbers):
            names = ", ".join(str(number) for number in sorted(missing))
            messages.warning(request, f"The season counts its rounds from 1: round {names} is missing so far.")

    def what_was_done(self, form: ModelForm, formsets: Sequence[BaseFormSet]) -> str:
        """What tables may follow from, in words: called off, shortened, or anything else."""
        event = form.instance
        found = []
        if "is_cancelled" in form.changed_data:
            found.append("cancelled" if event.is_cancelled else "not cancelled")
        for row in [row for formset in formsets for row in formset.forms]:
            if isinstance(row.instance, Session) and "state" in row.changed_data:
                found.append(f"{row.instance.name} {row.instance.get_state_display().lower()}")
            if isinstance(row.instance, Round) and "distance_share" in row.changed_data:
                share = row.instance.distance_share
                words = "its whole distance" if share is None else f"{share.normalize():f} of its distance"
                found.append(f"round {row.instance.number} over {words}")
        return f"({', '.join(found)})" if found else super().what_was_done(form, formsets)

    def response_add(self, request: HttpRequest, obj: Event, post_url_continue: str | None = None) -> HttpResponse:
        """A new event stays open: its rounds are numbered once its sessions are saved."""
        if "_addanother" not in request.POST and "_popup" not in request.POST:
            request.POST = request.POST.copy()
            request.POST["_continue"] = "1"
        return super().response_add(request, obj, post_url_continue)
