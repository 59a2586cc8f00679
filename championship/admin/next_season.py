"""The pages “Start the next season” and “Make it the current season”."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from championship.admin.tasks import TaskPages
from championship.models import Entry, Event, Invitation, Season
from championship.models.base import validate_season_slug
from championship.rules.names import car_number_key
from championship.rules.seasons import a_year_later, label_of, next_slug
from championship.services.next_season import make_current, start_next_season

MAY_START = "add_season"
MAY_MARK = "change_season"


class NextSeasonForm(forms.Form):
    """What the new season is called, and what it takes over from the one before."""

    slug = forms.CharField(
        label="Slug",
        max_length=7,
        validators=[validate_season_slug],
        help_text="In every address of the new season. It cannot be changed later.",
    )
    label = forms.CharField(label="Label", max_length=20, help_text="As people write it: 2023/24.")
    invitations = forms.MultipleChoiceField(required=False)
    cars = forms.MultipleChoiceField(required=False)
    with_crews = forms.BooleanField(label="With the crews that are nominated for the season", required=False)
    events = forms.MultipleChoiceField(required=False)

    def __init__(self, *args: Any, choices: dict[str, list[dict[str, Any]]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, rows in choices.items():
            self.fields[name].choices = [(row["value"], row["value"]) for row in rows]  # type: ignore[attr-defined]


class NextSeasonMixin(TaskPages):
    """For the admin of Season: links and pages to start the next one from it, and to make it the current one."""

    tasks = (
        ("next_season", "Start the next season", MAY_START),
        ("make_current", "Make it current", MAY_MARK),
    )

    def offers(self, task: str, row: Season) -> bool:
        return super().offers(task, row) and not (task == "make_current" and row.is_current)

    def next_season_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        source = self.task_row(request, object_id, MAY_START)
        choices = _choices(source)
        slug = next_slug(source.slug)
        initial = {"slug": slug, "label": label_of(slug)}
        form = NextSeasonForm(request.POST if request.method == "POST" else None, initial=initial, choices=choices)
        if form.is_valid():
            season = _started(source, form, choices)
            if season is not None:
                name = f"{self.admin_site.name}:{self.opts.app_label}_season_change"
                text = f"Started the season {season.label}. It is not the current one until you make it so."
                messages.success(request, text)
                return HttpResponseRedirect(reverse(name, args=[season.pk]))
        context = {"form": form, **_ticked(choices, form)}
        return self.task_page(request, "start_next_season", source, f"Start the season after {source}", context)

    def make_current_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        season = self.task_row(request, object_id, MAY_MARK)
        if request.method == "POST":
            make_current(season, reason="Made the current season")
            messages.success(request, f"{season} is the current season now: /calendar/ and /entries/ lead to it.")
            change = f"{self.admin_site.name}:{self.opts.app_label}_season_change"
            return HttpResponseRedirect(reverse(change, args=[season.pk]))
        context = {"current": Season.objects.current()}
        return self.task_page(request, "make_current", season, f"Make {season} the current season", context)


def _choices(source: Season) -> dict[str, list[dict[str, Any]]]:
    """What there is to take over, by field; `is_usual` is ticked unless somebody unticks it."""
    invitations = Invitation.objects.filter(title__race_class__season=source).select_related("title__race_class")
    entries = Entry.objects.filter(season=source).select_related("race_class", "team", "car_model")
    in_order = sorted(entries, key=lambda row: (row.race_class.position, car_number_key(row.car_number)))
    return {
        "invitations": [
            {
                "row": row,
                "value": str(row.pk),
                "name": f"{row.race} {row.year + 1}",
                "note": f"{row.title.name}, {row.get_kind_display().lower()}",
                # Nothing is promised to the winners before the series decides it.
                "is_usual": False,
            }
            for row in invitations
        ],
        "cars": [
            {
                "row": row,
                "value": row.car_number,
                "name": f"{row.car_number} {row.team}",
                "note": f"{row.race_class.name}, {row.car_model}{_gone(row)}",
                "is_usual": row.status != Entry.Status.WITHDRAWN,
            }
            for row in in_order
        ],
        "events": [
            {
                "row": row,
                "value": row.slug,
                "name": row.name,
                "note": f"{_days(row)}{_left_out(row)}",
                "is_usual": False,
            }
            for row in Event.objects.filter(season=source).annotate(
                undated=Count("sessions", filter=Q(sessions__date=None))
            )
        ],
    }


def _gone(entry: Entry) -> str:
    return ", withdrawn" if entry.status == Entry.Status.WITHDRAWN else ""


def _days(event: Event) -> str:
    first, last = a_year_later(event.starts_on), a_year_later(event.ends_on)
    if first == last:
        return f"{last.day} {last:%B %Y}"
    return f"{first.day} {first:%B} to {last.day} {last:%B %Y}"


def _left_out(event: Any) -> str:
    """`, without 2 sessions whose day is not on record`; `undated` is annotated."""
    if not event.undated:
        return ""
    sessions = "a session" if event.undated == 1 else f"{event.undated} sessions"
    return f", without {sessions} whose day is not on record"


def _ticked(choices: dict[str, list[dict[str, Any]]], form: NextSeasonForm) -> dict[str, Any]:
    """The choices with what is ticked now: the usual ones until somebody has sent the form."""
    for name, rows in choices.items():
        chosen = set(form.data.getlist(name)) if form.is_bound else None
        for row in rows:
            row["is_chosen"] = row["value"] in chosen if chosen is not None else row["is_usual"]
    return choices


def _started(source: Season, form: NextSeasonForm, choices: dict[str, list[dict[str, Any]]]) -> Season | None:
    """The new season; None when it is refused, with the reason in the form."""
    cleaned = form.cleaned_data
    picked = {name: [row["row"] for row in rows if row["value"] in cleaned[name]] for name, rows in choices.items()}
    try:
        return start_next_season(
            source=source,
            slug=cleaned["slug"],
            label=cleaned["label"],
            invitations=picked["invitations"],
            entries=picked["cars"],
            with_crews=cleaned["with_crews"],
            events=picked["events"],
        )
    except ValidationError as error:
        errors = error.message_dict if hasattr(error, "error_dict") else {"__all__": error.messages}
        for field, texts in errors.items():
            for text in texts:
                form.add_error(field if field in form.fields else None, text)
        return None
