"""What readers see: publish a story now or at a moment, update a live one, take one down; previews for outsiders."""

import hashlib
import secrets
from datetime import datetime, timedelta

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.db import connection, transaction

from championship import clock, stamp
from news.models import Story, StoryAddress, StoryEdition, StoryPreview
from news.services.stories import freeze, keep_typing_of_another, locked, write

PREVIEW_DAYS = 7


class PublishError(ValidationError):
    """Why a story cannot be published as asked, and what to do instead."""


def publish(
    story: Story,
    *,
    by: AbstractBaseUser | None,
    at: datetime | None = None,
    update_note: str = "",
    seen_version: int,
    reason: str = "",
) -> StoryEdition:
    """Freeze the working copy as the edition that readers see: now, or as of `at` (an aware moment).

    A story that is public already is updated at once, and `update_note` tells readers what is new. An earlier `at`
    says when a story of the archive appeared. Under its slug the story gets an address that stays its own.

    Raises PublishError for what an editor can mend, StaleVersionError when the story has moved on.
    """
    with transaction.atomic():
        current = locked(story, seen_version)
        now = clock.now()
        is_update = current.is_public
        moment = at or now
        _check(current, moment, is_update=is_update, is_timed=at is not None)
        is_back = current.archived_at is not None and at is None
        if not is_update and not is_back:
            current.publish_at = moment
        current.archived_at = current.submitted_at = None
        edition = freeze(
            current, by=by, reason=reason, public_from=moment, update_note=update_note if is_update or is_back else ""
        )
        current.live = edition
        words = (
            "Updated" if is_update else "Published" if moment <= now else f"Scheduled for {moment:%d %B %Y, %H:%M %Z}"
        )
        write(current, by=by, reason=reason or words)
        StoryAddress.objects.get_or_create(slug=edition.slug, defaults={"story": current})
        _tell_caches()
    story.refresh_from_db()
    return edition


def archive(story: Story, *, by: AbstractBaseUser | None, seen_version: int, reason: str) -> None:
    """Take a story down, or take a scheduled one back, for a reason. It can be published again.

    What was scheduled and never public is a draft again; what readers have seen is archived.
    """
    with transaction.atomic():
        current = locked(story, seen_version)
        if current.live is None or current.archived_at is not None:
            raise PublishError(f"Readers do not see this {current.kind}, and none is scheduled.")
        keep_typing_of_another(current, by)
        if current.is_public:
            current.archived_at = clock.now()
        else:
            current.live = current.publish_at = None
        write(current, by=by, reason=reason)
        _tell_caches()
    story.refresh_from_db()


def make_preview(story: Story, *, by: AbstractBaseUser | None, days: int = PREVIEW_DAYS) -> tuple[StoryPreview, str]:
    """A link for people without an account, and its secret, which is told only now."""
    secret = secrets.token_urlsafe(32)
    now = clock.now()
    row = StoryPreview.objects.create(
        story=story, secret_hash=hash_of(secret), made_at=now, made_by=by, expires_at=now + timedelta(days=days)
    )
    return row, secret


def revoke_preview(preview: StoryPreview) -> None:
    """The link stops working at once."""
    preview.revoked_at = clock.now()
    preview.save(update_fields=["revoked_at"])


def hash_of(secret: str) -> str:
    """What is kept of a preview's secret."""
    return hashlib.sha256(secret.encode(errors="replace")).hexdigest()


def _tell_caches() -> None:
    """Raise the stamp as the last thing of a transaction.

    PostgreSQL looks at foreign keys when a transaction ends, and waits there for whoever changes one of the rows, who
    may wait for the stamp in turn. So it looks at them first.
    """
    if connection.vendor == "postgresql":
        connection.check_constraints()
    stamp.raise_stamp()


def _check(story: Story, moment: datetime, *, is_update: bool, is_timed: bool) -> None:
    if not story.standfirst and not story.body:
        raise PublishError(f"The {story.kind} has no text yet. Write a standfirst or a body first.")
    if is_update and is_timed:
        raise PublishError(
            f"Readers see this {story.kind} already, so an update goes to them at once. Publish it without a time."
        )
    if story.embargo_until and not is_update and moment < story.embargo_until:
        until = f"{story.embargo_until:%d %B %Y, %H:%M %Z}"
        raise PublishError(f"The {story.kind} is under embargo until {until}. Schedule it for then or later.")
