from typing import Any

from django.contrib import admin, messages
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse

from championship.admin.base import SOURCE, OfficialAdmin
from championship.admin.enter_cars import EnterCarsMixin
from championship.admin.publishing import PublishEntryListMixin
from championship.admin.sessions import RoundInline, SessionInline
from championship.models import EntryList, Event, EventEntry, Round, Session


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
        (None, {"fields": ("season", ("name", "slug"), "circuit", ("starts_on", "ends_on"), "is_cancelled")}),
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
        return [
            *super().object_tools(request, obj),
            (f"Cars at this event ({obj.event_entries.count()})", self.list_url(EventEntry, event__id__exact=obj.pk)),
            ("Published lists", self.list_url(EntryList, event__id__exact=obj.pk)),
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

    def response_add(self, request: HttpRequest, obj: Event, post_url_continue: str | None = None) -> HttpResponse:
        """A new event stays open: its rounds are numbered once its sessions are saved."""
        if "_addanother" not in request.POST and "_popup" not in request.POST:
            request.POST = request.POST.copy()
            request.POST["_continue"] = "1"
        return super().response_add(request, obj, post_url_continue)
