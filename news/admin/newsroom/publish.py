"""The page with the one button: what readers will see, what is in the way, and exactly what pressing it does."""

from datetime import datetime, timedelta
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils.html import format_html
from django.views.decorators.http import require_http_methods, require_safe

from championship import clock
from championship.admin.step_up import confirmed
from championship.selectors.who_may import who_may
from news import rights
from news.admin.newsroom.base import CONFLICT, attempt, conflict_of, find_story, newsroom_page, story_to_publish
from news.admin.newsroom.forms import PublishForm, ReturnForm, SeenForm, seen_of
from news.admin.newsroom.plans import CHOOSE, Plan, plan_of
from news.admin.newsroom.states import story_state
from news.models import Story
from news.selectors.editions import compare, draft_said, edition_said
from news.selectors.publish_checks import publish_checks
from news.selectors.story import draft_page
from news.selectors.zones import ZoneChoice, zone_choices
from news.services import publishing

# Who sees the page and may not publish sees stories alone.
PUBLISH_STORY = "publish_story"
MINUTE = timedelta(minutes=1)
ANOTHER = "The button said something else, so nothing is done yet. Now it says what happens: press it again."


@require_http_methods(["GET", "HEAD", "POST"])
@confirmed
def newsroom_publish(request: HttpRequest, story: int) -> HttpResponse:
    row = find_story(request, story)
    may_publish = rights.may_publish(request.user, row)
    if request.method == "POST" and not may_publish:
        raise PermissionDenied
    zones = zone_choices(row)
    form = _form(request, row, zones)
    plan = _plan(row, form)
    refusal, is_stale = "", False
    if request.method == "POST":
        refusal = _in_the_way(request, form, plan)
        if not refusal:
            refusal, stale = attempt(lambda: _publish(request, row, form, plan))
            if not refusal and stale is None:
                messages.success(request, _done(row, plan))
                return HttpResponseRedirect(reverse("admin:newsroom"))
        row = find_story(request, story)
        # Whatever else is in the way: the page that comes back shows another text than the one that was seen.
        is_stale = form.cleaned_data.get("seen_version", row.version) != row.version
        form.stand_for(row)
        plan = _plan(row, form)
    context = {
        "refusal": refusal,
        "conflict": conflict_of(row, form.cleaned_data.get("seen_edition")) if is_stale else None,
        "state": story_state(row, request.user, zones),
        "may_publish": may_publish,
        "may_write": rights.may_write(request.user, row),
        "who": "" if may_publish else who_may([PUBLISH_STORY], app="news")[PUBLISH_STORY],
        "form": form,
        "seen": SeenForm(initial=seen_of(row), auto_id="seen-%s"),
        "returning": ReturnForm(initial=seen_of(row), auto_id="return-%s"),
        "plan": plan,
        "is_update": row.is_public or row.archived_at is not None,
        "checks": publish_checks(row),
        "comparison": compare(edition_said(row.live), draft_said(row)) if row.live and row.has_newer_draft else None,
        "page": draft_page(row),
    }
    title = f"{'Publish' if may_publish else 'Review'}: {row.headline}"
    return newsroom_page(request, "publish", title, context, story=row, status=CONFLICT if is_stale else 200)


@require_safe
def newsroom_words(request: HttpRequest, story: int) -> JsonResponse:
    """What the button says for a time that is being typed: the same words as on the page."""
    row = story_to_publish(request, story)
    form = PublishForm(request.GET, zones=zone_choices(row))
    form.is_valid()
    plan = _plan(row, form)
    return JsonResponse({"label": plan.label, "key": plan.key, "problem": plan.problem})


def _form(request: HttpRequest, story: Story, zones: tuple[ZoneChoice, ...]) -> PublishForm:
    """What is typed; at first the moment at which it appears, or may appear, if there is one."""
    if request.method == "POST":
        form = PublishForm(request.POST, zones=zones)
        form.full_clean()
        return form
    known: dict[str, Any] = {"zone": zones[0].name, **seen_of(story)}
    moment = _suggested(story)
    if moment:
        local = moment.astimezone(zones[0].zone)
        known |= {"day": local.date(), "time": local.time()}
    return PublishForm(initial=known, zones=zones)


def _suggested(story: Story) -> datetime | None:
    """When it appears, or its embargo ends, to the full minute; None when that is over or not known."""
    if story.archived_at is not None:
        return None
    moment = story.public_from or story.embargo_until
    if moment is None or moment <= clock.now():
        return None
    return moment if moment.second == moment.microsecond == 0 else moment.replace(second=0, microsecond=0) + MINUTE


def _plan(story: Story, form: PublishForm) -> Plan:
    """What the button does with what is typed, or with what stands in the form at first."""
    at = None
    if not story.is_public and form.is_bound:
        if when := [text for name in ("day", "time", "zone") for text in form.errors.get(name, [])]:
            return Plan(label=CHOOSE, key="", problem=" ".join(when))
        at = form.cleaned_data["at"]
    elif not form.is_bound:
        at = _suggested(story)
    return plan_of(story, at, zone=form.chosen, other=form.second)


def _in_the_way(request: HttpRequest, form: PublishForm, plan: Plan) -> str:
    """Why nothing is done, "" when the button said what is asked for."""
    if plan.problem:
        return plan.problem
    if form.errors:
        return " ".join(text for texts in form.errors.values() for text in texts)
    return "" if request.POST.get("promise") == plan.key else ANOTHER


def _publish(request: HttpRequest, story: Story, form: PublishForm, plan: Plan) -> None:
    publishing.publish(
        story,
        by=request.user,
        at=plan.at,
        update_note=form.cleaned_data["update_note"],
        seen_version=form.cleaned_data["seen_version"],
    )


def _done(story: Story, plan: Plan) -> str:
    if plan.at is not None:
        words = plan.label.partition(" for ")[2] or plan.label.removeprefix("Move to ")
        return format_html("“{}” appears by itself {}.", story.headline, words)
    done = "Updated" if plan.key == "update" else "Published"
    text = '{}: “{}”. <a href="{}">See it as readers do</a>.'
    return format_html(text, done, story.headline, story.get_absolute_url())
