"""Choices among rows that have no page of their own: the rounds and sessions of all seasons."""

from typing import Any

from django import forms
from django.http import HttpRequest

from championship.models import Round, Session


class RoundChoice(forms.ModelChoiceField):
    def label_from_instance(self, row: Round) -> str:
        return f"{row.season.label}, {row}"


class SessionChoice(forms.ModelChoiceField):
    def label_from_instance(self, row: Session) -> str:
        return f"{row.event.season.label}, {row}"


class SeasonChoices:
    """For a ModelAdmin: rounds and sessions are offered with their season, those of the newest season first."""

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> forms.Field | None:
        if db_field.related_model is Round:
            rounds = Round.objects.select_related("season", "race_session__event")
            kwargs |= {"form_class": RoundChoice, "queryset": rounds.order_by("-season__slug", "number")}
        elif db_field.related_model is Session:
            sessions = Session.objects.select_related("event__season")
            order = ("-event__season__slug", "event__starts_on", "date", "starts_at", "slug")
            kwargs |= {"form_class": SessionChoice, "queryset": sessions.order_by(*order)}
        return super().formfield_for_foreignkey(db_field, request, **kwargs)  # type: ignore[misc,no-any-return]
