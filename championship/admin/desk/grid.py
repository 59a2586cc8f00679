"""Typing a classification: the grid of the desk, and its plain form of one line for each car."""

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html
from django.views.decorators.http import require_http_methods

from championship.admin.conflicts import last_change
from championship.admin.desk.base import desk_page, desk_url, find_session
from championship.models import ClassificationDraft, Driver, EventEntry, Session
from championship.services import typed_drafts
from championship.services.decisions import marked_as_contained
from championship.services.drafts import contained_decisions, draft_lines, standing
from championship.services.publishing import preview
from championship.services.results import DraftLine, ResultsError
from championship.services.saving import StaleVersionError
from championship.services.typed_drafts import DraftGoneError, Seen, TypingError
from championship.timing.typed import LABELS, CellProblem, TypedRow
from championship.timing.typed_text import TypedTextError, as_json, as_text, read_json, read_text

MAY_TYPE = "change_classificationdraft"
STARTS = {
    "draft": "the draft as it is stored",
    "standing": "the version that stands, without its decisions",
    "entries": "the cars of the event, by number",
    "nothing": "an empty sheet",
}
CONFLICT = 409


class GridForm(forms.Form):
    """What the page sends. `sheet` is the grid as JSON; without JavaScript it is empty and `lines` count.

    `seen` is the draft that the person was shown, `17.3` for version 3 of draft 17; `copy` names what the browser keeps
    of this typing, which it throws away once the page says that it was saved.
    """

    seen = forms.RegexField(r"\A(?:[0-9]{1,15}\.[0-9]{1,9})?\Z", required=False, widget=forms.HiddenInput)
    copy = forms.RegexField(r"\A[a-z0-9-]{0,40}\Z", required=False, widget=forms.HiddenInput)
    sheet = forms.CharField(required=False, widget=forms.HiddenInput)
    lines = forms.CharField(
        label="One line for each car",
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 20, "spellcheck": "false", "autocomplete": "off", "wrap": "off"}),
    )
    contained = forms.MultipleChoiceField(
        label="Applied already in what you type", required=False, widget=forms.CheckboxSelectMultiple
    )
    cause = forms.CharField(
        label="Why there is another version",
        required=False,
        max_length=300,
        help_text="Readers see it. Needed from the second version on, for example: Timekeeper’s corrected list.",
    )

    def __init__(self, *args: Any, session: Session, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        decisions = session.decisions.select_related("event_entry__entry").order_by("order", "slug")
        fields: dict[str, Any] = self.fields
        fields["contained"].choices = [
            (row.slug, f"Decision {row.number or 'without a number'}, car {row.event_entry.entry.car_number}")
            for row in decisions
        ]
        if not fields["contained"].choices:
            del fields["contained"]

    def rows(self) -> tuple[tuple[TypedRow, ...], tuple[str, ...]]:
        """The typed rows, and headings of columns that nobody reads. Raises TypedTextError."""
        sheet = self.cleaned_data.get("sheet")
        if sheet and "take" not in self.data:
            return read_json(sheet), ()
        text = read_text(self.cleaned_data.get("lines", ""))
        return text.rows, text.ignored

    def as_seen(self) -> Seen:
        draft, _, version = self.cleaned_data.get("seen", "").partition(".")
        return Seen(draft=int(draft), version=int(version)) if draft else Seen()


@require_http_methods(["GET", "HEAD", "POST"])
def desk_grid(request: HttpRequest, season: str, event: str, session: str) -> HttpResponse:
    row = find_session(request, season, event, session, MAY_TYPE)
    cars = typed_drafts.cars_to_type(row)
    if request.method != "POST":
        return _page(request, row, cars, **_begin(request, row, cars))
    form = GridForm(request.POST, session=row)
    if not form.is_valid():
        return _page(request, row, cars, form=form, rows=_readable(form))
    try:
        rows, ignored = form.rows()
    except TypedTextError as error:
        return _page(request, row, cars, form=form, rows=(), refusal=str(error))
    if ignored:
        messages.warning(request, f"These columns were not read: {', '.join(ignored)}.")
    if "take" in request.POST:
        return _page(request, row, cars, form=_retyped(form, rows), rows=rows)
    try:
        lines = typed_drafts.typed_lines(row, rows, cars)
    except TypingError as error:
        return _page(request, row, cars, form=_retyped(form, rows), rows=rows, problems=error.problems)
    return _save(request, row, cars, form=form, rows=rows, lines=lines)


def _save(
    request: HttpRequest,
    session: Session,
    cars: Mapping[str, EventEntry],
    *,
    form: GridForm,
    rows: Sequence[TypedRow],
    lines: Sequence[DraftLine],
) -> HttpResponse:
    typed = form.cleaned_data
    try:
        typed_drafts.save_typing(
            session=session,
            lines=lines,
            seen=form.as_seen(),
            by=request.user,  # type: ignore[arg-type]
            cause=typed["cause"],
            contained=typed.get("contained", ()),
        )
    except StaleVersionError as error:
        return _conflict(request, session, cars, error.current, form=form, rows=rows, lines=lines)
    except DraftGoneError as error:
        refusal = f"{error} Look at what stands now, then save: that begins a new draft."
        return _page(request, session, cars, form=_retyped(form, rows, Seen()), rows=rows, refusal=refusal, status=409)
    except ResultsError as error:
        return _page(request, session, cars, form=_retyped(form, rows), rows=rows, refusal=str(error))
    count = len(lines)
    text = 'Saved as the draft: {} car{}. <a href="{}">Check and publish it at the desk</a>.'
    messages.success(request, format_html(text, count, "" if count == 1 else "s", desk_url(session)))
    saved = f"?{urlencode({'saved': typed['copy']})}" if typed["copy"] else ""
    return HttpResponseRedirect(f"{desk_url(session, 'desk_grid')}{saved}")


def _conflict(
    request: HttpRequest,
    session: Session,
    cars: Mapping[str, EventEntry],
    current: Any,
    *,
    form: GridForm,
    rows: Sequence[TypedRow],
    lines: Sequence[DraftLine],
) -> HttpResponse:
    """The page with the typing as it is and, above it, what the other person saved: saving again puts it on top."""
    seen = form.as_seen()
    before = typed_drafts.lines_seen(session, seen)
    differences = typed_drafts.differences(lines, draft_lines(current), before, dict(_drivers()))
    form = _retyped(form, rows, Seen(draft=current.pk, version=current.version))
    change = last_change(current, since=seen.version if seen.draft == current.pk else None)
    context = {"stale": True, "differences": differences, "last_change": change}
    return _page(request, session, cars, form=form, rows=rows, status=CONFLICT, **context)


def _begin(request: HttpRequest, session: Session, cars: Mapping[str, EventEntry]) -> dict[str, Any]:
    """The sheet that the address asks for, by default the draft, else what stands, else nothing."""
    draft = ClassificationDraft.objects.filter(session=session).first()
    stands = standing(session)
    first = "draft" if draft else "standing" if stands else "nothing"
    start = request.GET.get("from", first)
    start = start if start in STARTS else first
    rows = typed_drafts.rows_to_begin_with(session, cars, start)
    if start == "draft" and draft:
        contained = contained_decisions(draft)
    else:
        # The baseline contains no decision; a list from the timekeeper those that officials have marked.
        contained = [] if start == "standing" else marked_as_contained(session)
    initial = {
        "seen": f"{draft.pk}.{draft.version}" if draft else "",
        "lines": as_text(rows),
        "cause": draft.cause if draft else "",
        "contained": contained,
    }
    return {
        "form": GridForm(initial=initial, session=session),
        "rows": rows,
        "start": start,
        "open_points": _open_points(draft) if start == "draft" and draft else (),
    }


def _open_points(draft: ClassificationDraft) -> tuple[str, ...]:
    """What keeps the draft from being published, and what publishing will warn of."""
    now = preview(draft, "provisional")
    return (*now.stops, *now.warnings)


def _retyped(form: GridForm, rows: Sequence[TypedRow], seen: Seen | None = None) -> GridForm:
    """The form with the rows as lines, and standing for the draft `seen` when another one is shown now."""
    data = form.data.copy()  # type: ignore[attr-defined]  # posted data
    data["lines"] = as_text(rows)
    data["sheet"] = ""
    if seen is not None:
        data["seen"] = f"{seen.draft}.{seen.version}" if seen.draft else ""
    form.data = data
    return form


def _readable(form: GridForm) -> tuple[TypedRow, ...]:
    """The rows of a form with a mistake elsewhere, as far as they can be read."""
    try:
        return form.rows()[0]
    except TypedTextError:
        return ()


def _page(
    request: HttpRequest,
    session: Session,
    cars: Mapping[str, EventEntry],
    *,
    form: GridForm,
    rows: Sequence[TypedRow],
    problems: Sequence[CellProblem] = (),
    status: int = 200,
    **context: Any,
) -> HttpResponse:
    draft, start = ClassificationDraft.objects.filter(session=session).first(), context.pop("start", "")
    available = {"draft": draft is not None, "standing": standing(session) is not None}
    page = desk_page(
        request,
        "grid",
        session,
        f"Type the classification of {session}",
        {
            # The table needs the width.
            "is_nav_sidebar_enabled": False,
            "form": form,
            "problems": problems,
            "draft": draft,
            "starts": [(key, label) for key, label in STARTS.items() if available.get(key, True)],
            "start": start,
            "grid": {
                "rows": as_json(rows),
                "problems": [[problem.row, problem.column, problem.message] for problem in problems],
                "labels": LABELS,
                "isRace": session.kind == Session.Kind.RACE,
                "key": "/".join(["grid", session.event.season.slug, session.event.slug, session.slug]),
                "person": request.user.pk,
                "saved": request.GET.get("saved", "")[:40],
                # A page that answers a POST shows what is not stored; one that begins with the draft shows what is.
                "isUnsaved": request.method == "POST",
                "isStored": request.method != "POST" and start == "draft" and draft is not None,
                "login": reverse("admin:login"),
                "cars": {number: _car(car) for number, car in cars.items()},
                "drivers": dict(_drivers()),
            },
            **context,
        },
    )
    page.status_code = status
    return page


def _car(car: EventEntry) -> dict[str, Any]:
    return {
        "team": car.team_name,
        "className": car.entry.race_class.name,
        "style": car.entry.race_class.style_key,
        "crew": list(typed_drafts.crew_of(car)),
        "status": "" if car.status == EventEntry.Status.ENTERED else car.get_status_display(),
    }


def _drivers() -> list[tuple[str, str]]:
    """Everybody on record, by slug: a driver may sit in for another at the last minute."""
    rows = Driver.objects.order_by("family_name", "given_name").values_list("slug", "given_name", "family_name")
    return [(slug, f"{given} {family}".strip()) for slug, given, family in rows]
