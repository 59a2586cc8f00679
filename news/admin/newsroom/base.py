"""The frame of the newsroom's pages: which story, who may, and what happens when something is in the way."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, OperationalError
from django.http import Http404, HttpRequest
from django.template.response import TemplateResponse
from django.urls import reverse

from championship.services.saving import StaleVersionError
from news import rights
from news.models import Story
from news.selectors.editions import Comparison, compare, draft_said, edition_said
from news.selectors.newsroom import writing_url

CONFLICT = 409
BUSY = "The site is busy just now, so nothing was done. Wait a moment, and press again."


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """Somebody was faster: who, when, and what differs from the edition that this person saw."""

    who: str
    at: Any
    comparison: Comparison | None


def require(is_allowed: bool) -> None:
    """Raise PermissionDenied unless this person may do that."""
    if not is_allowed:
        raise PermissionDenied


def find_story(request: HttpRequest, pk: int) -> Story:
    """The story or page with this key, for whoever may see it. Raises Http404, or PermissionDenied."""
    require(bool(rights.kinds_seen(request.user)))
    rows = Story.everything.select_related(
        "topic", "lead_picture", "edited_by", "live__topic", "live__lead_picture", "live__saved_by"
    )
    found = rows.filter(pk=pk).first()
    if found is None:
        raise Http404
    require(rights.may_see(request.user, found.kind))
    return found


def story_to_write(request: HttpRequest, pk: int) -> Story:
    """The same for whoever may write on it."""
    found = find_story(request, pk)
    require(rights.may_write(request.user, found))
    return found


def story_to_publish(request: HttpRequest, pk: int) -> Story:
    """The same for whoever may publish it."""
    found = find_story(request, pk)
    require(rights.may_publish(request.user, found))
    return found


def newsroom_url(name: str, story: Story, *args: object) -> str:
    """The address of a page about the story: `newsroom_url("publish", story)`."""
    return reverse(f"admin:newsroom_{name}", args=[story.pk, *args])


def attempt(verb: Callable[[], object]) -> tuple[str, StaleVersionError | None]:
    """Do it, and return ("", None); else what is in the way in words, or that somebody was faster."""
    try:
        verb()
    except StaleVersionError as error:
        return "", error
    except ValidationError as error:
        return " ".join(error.messages), None
    except (IntegrityError, OperationalError):
        # Somebody else holds the row for longer than a page may wait, or took an address between check and write.
        return BUSY, None
    return "", None


def conflict_of(story: Story, seen_edition: int | None) -> Conflict:
    """What to tell whoever saw `seen_edition` as the newest one, about the story as it stands now."""
    edition = story.editions.filter(number=seen_edition).first() if seen_edition else None
    comparison = compare(edition_said(edition), draft_said(story)) if edition else None
    return Conflict(who=str(story.edited_by or "Somebody"), at=story.edited_at, comparison=comparison)


def newsroom_page(
    request: HttpRequest,
    template: str,
    title: str,
    context: dict[str, Any],
    *,
    story: Story | None = None,
    status: int = 200,
) -> TemplateResponse:
    """The page `templates/admin/newsroom/<template>.html` with what all pages of the newsroom know."""
    request.current_app = admin.site.name  # type: ignore[attr-defined]
    known = {**admin.site.each_context(request), "title": title, "story": story}
    if story is not None:
        known["writing_url"] = writing_url(story)
    return TemplateResponse(request, f"admin/newsroom/{template}.html", {**known, **context}, status=status)
