"""Published classifications, to look at, and what is pending about them.

Publishing makes them; nothing changes or deletes them. Only the flags of a version may change.
"""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html

from championship.admin.base import JoinedFilter, OfficialAdmin
from championship.admin.durations import in_words
from championship.admin.entry_lists import ReadOnly
from championship.models import AppliedDecision, Classification, ClassificationState, Result
from championship.selectors.effects import effects_in_words


class ResultInline(ReadOnly, admin.TabularInline):
    model = Result
    verbose_name_plural = "results"
    joined = ("race_class",)
    fields = (
        *("position", "class_name", "class_position", "car_number", "team_name", "driver_names"),
        *("status", "laps", "time", "best_lap"),
    )
    readonly_fields = ("class_name", "driver_names", "time", "best_lap")

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).prefetch_related("drivers")

    @admin.display(description="class")
    def class_name(self, result: Result) -> str:
        return result.race_class.name

    @admin.display(description="drivers")
    def driver_names(self, result: Result) -> str:
        return ", ".join(str(driver) for driver in result.drivers.all())

    @admin.display(description="total time")
    def time(self, result: Result) -> str:
        return in_words(result.total_time)

    @admin.display(description="best lap")
    def best_lap(self, result: Result) -> str:
        return in_words(result.best_lap_time)


class AppliedDecisionInline(ReadOnly, admin.TabularInline):
    """As readers were told; the decision itself may have been corrected since."""

    model = AppliedDecision
    verbose_name_plural = "decisions that count in it"
    fields = ("position", "car_number", "number", "what_it_does", "reason", "decision")
    readonly_fields = ("what_it_does",)
    joined = ("decision__session__event", "decision__event_entry__entry")

    @admin.display(description="what it does")
    def what_it_does(self, applied: AppliedDecision) -> str:
        return effects_in_words(applied.as_ruling().effects)


@admin.register(Classification)
class ClassificationAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ("__str__", "status", "published_at", "stands", "pending", "cause")
    list_filter = (("session__event", JoinedFilter), "status")
    search_fields = ("session__event__name", "session__name", "cause", "document_number")
    ordering = ("-published_at", "session__slug", "-version")
    joined = ("session__event__season", "state", "author", "checker")
    inlines = (ResultInline, AppliedDecisionInline)
    fieldsets = (
        (
            None,
            {
                "fields": (
                    *("session", ("version", "status"), ("published_at", "published_precision")),
                    *("stands", "pending_with_link"),
                ),
                "description": "A published version stays as it is. To correct it, publish the next one.",
            },
        ),
        (
            None,
            {
                "fields": (
                    *("cause", "document_number", ("author", "checker"), "single_signed_reason"),
                    *("from_archive", "source"),
                )
            },
        ),
    )

    def lookup_allowed(self, lookup: str, value: Any, request: HttpRequest | None = None) -> bool:
        """The versions of one session are what its decisions link to."""
        return lookup == "session__id__exact" or super().lookup_allowed(lookup, value, request)

    @admin.display(description="stands", boolean=True)
    def stands(self, classification: Classification) -> bool:
        return classification.state.is_current

    @admin.display(description="pending")
    def pending(self, classification: Classification) -> str | None:
        state = classification.state
        flags = {
            "under investigation": state.is_under_investigation,
            "protest open": state.is_protested,
            "subject to appeal": state.is_subject_to_appeal,
        }
        return ", ".join(words for words, is_set in flags.items() if is_set) or None

    @admin.display(description="pending")
    def pending_with_link(self, classification: Classification) -> str:
        """With the way to the page where that may change."""
        name = f"{self.admin_site.name}:championship_classificationstate_change"
        address = reverse(name, args=[classification.state.pk])
        return format_html('<a href="{}">{}</a>', address, self.pending(classification) or "Nothing is pending")


@admin.register(ClassificationState)
class ClassificationStateAdmin(OfficialAdmin):
    """What is pending about a version. Publishing and recalling write the rest."""

    list_display = (
        *("classification", "is_current", "is_under_investigation", "is_protested"),
        *("is_subject_to_appeal", "recalled_at"),
    )
    list_filter = (("session__event", JoinedFilter), "is_current")
    search_fields = ("session__event__name", "session__name")
    ordering = ("-classification__published_at", "session__slug", "-classification__version")
    joined = ("classification__session__event__season", "recalled_by", "countersigned_by")
    readonly_fields = ("classification", "is_current", "recalled_at", "recalled_by", "recall_reason")
    fieldsets = (
        (
            None,
            {
                "fields": (
                    *("classification", "is_current"),
                    *("is_under_investigation", "is_protested", "is_subject_to_appeal"),
                ),
                "description": "Readers see at once what is pending about a published version.",
            },
        ),
        ("Recalled", {"fields": ("recalled_at", "recalled_by", "recall_reason"), "classes": ("collapse",)}),
    )

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def may_restore(self, request: HttpRequest, row: Any) -> bool:
        """Which version stands is no flag: an earlier state would undo a publication or a recall."""
        return False
