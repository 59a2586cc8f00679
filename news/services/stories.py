"""Writing a story or a page: make one, save it, keep what is typed, send it to review, bring an edition back.

Every function locks the story, compares the version that the person saw, and raises StaleVersionError when somebody
else was faster: what was typed is still in the hands of the caller then. Rights are asked by the pages.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, TypedDict

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Model

from championship import clock
from championship.models import Picture
from championship.models.base import freezing
from championship.rules.names import SEASON_SLUG
from championship.rules.text import fold
from championship.rules.times import NO_SUCH_DAY, is_on_all_clocks
from championship.services.saving import StaleVersionError
from championship.services.saving import save as save_row
from news.markup import clean
from news.models import Milestone, Story, StoryEdition, StoryLink, Topic
from news.models.block_rows import pictures_in, shown_in
from news.models.editions import LINKS

TEXTS = (
    "slug",
    "headline",
    "neutral_headline",
    "standfirst",
    "body",
    "topic",
    "byline",
    "lead_picture",
    "footer_place",
)
# Autosave leaves alone what has to be right at once, and what only a save should move.
KEPT_BY_AUTOSAVE = ("headline", "neutral_headline", "standfirst", "body", "topic", "byline", "lead_picture")

# Why there is an edition that nobody asked for.
KEPT = "Kept: typed, and not saved"


class Typed(TypedDict, total=False):
    """What an editor types of a story; what is left out stays as it is."""

    slug: str
    headline: str
    neutral_headline: str
    standfirst: str
    body: str
    topic: Topic | None
    byline: str
    lead_picture: Picture | None
    footer_place: int | None
    embargo_until: Any


Links = Mapping[str, Iterable[Model]]


def create(
    *,
    by: AbstractBaseUser | None,
    typed: Typed,
    links: Links | None = None,
    reason: str = "",
    story: Story | None = None,
) -> Story:
    """A new draft with its first edition: `story`, where somebody has an empty one (`Page()` for a page). Without a
    slug it gets one from its headline.

    Raises ValidationError when a rule refuses it.
    """
    story = story or Story()
    _take(story, typed)
    if not story.slug:
        story.slug = free_slug(story.headline, kind=story.kind)
    with transaction.atomic():
        write(story, by=by, reason=reason or "Made")
        _set_links(story, links)
        freeze(story, by=by, reason=reason)
    return story


def save(
    story: Story,
    *,
    by: AbstractBaseUser | None,
    typed: Typed,
    links: Links | None = None,
    seen_version: int,
    reason: str = "",
) -> StoryEdition:
    """Save what was typed, as the story's next edition. Readers see nothing of it before it is published.

    What another person typed and did not save becomes an edition first.
    """
    with transaction.atomic():
        current = locked(story, seen_version)
        keep_typing_of_another(current, by)
        if "embargo_until" in typed and (words := embargo_problem(current, typed["embargo_until"])):
            raise ValidationError({"embargo_until": words})
        _take(current, typed)
        write(current, by=by, reason=reason)
        _set_links(current, links)
        edition = freeze(current, by=by, reason=reason)
    story.refresh_from_db()
    return edition


def autosave(story: Story, *, by: AbstractBaseUser | None, typed: Typed, seen_version: int) -> int:
    """Keep what is typed in the working copy, without a row of history or a word to readers.

    Slug and embargo wait for a save, and so do empty headlines. Returns the version that the person has seen with it:
    the same one when nothing differs, or when this came twice because its answer was lost. Raises ValidationError for
    a text that is too long, StaleVersionError when somebody else saved in between. What another person typed and did
    not save becomes an edition first.
    """
    kept = _texts_to_keep(typed)
    with transaction.atomic():
        current = locked(story)
        before = {name: getattr(current, name) for name in kept}
        _take(current, kept)
        is_the_same = before == {name: getattr(current, name) for name in kept}
        is_their_own = current.has_unsaved and _is_by(current, by)
        if current.version != seen_version and not (is_the_same and is_their_own):
            raise StaleVersionError(locked(story))
        if is_the_same:
            return current.version
        current.clean_fields(exclude={field.name for field in current._meta.fields} - kept.keys())
        keep_typing_of_another(locked(story), by)
        Story.everything.filter(pk=current.pk).update(
            **{name: getattr(current, name) for name in kept},
            version=F("version") + 1,
            has_unsaved=True,
            edited_at=clock.now(),
            edited_by=by,
        )
        current.pictures.set(pictures_in(current.body))
    story.refresh_from_db()
    return story.version


def take_theirs(story: Story, *, by: AbstractBaseUser | None, typed: Typed, seen_version: int) -> None:
    """Go on with what the other person left, and keep one's own text as an edition, so that it can come back.

    Links, slug and embargo stay theirs. Raises StaleVersionError when it was changed once more.
    """
    with transaction.atomic():
        current = locked(story, seen_version)
        if current.has_unsaved:
            freeze(current, by=current.edited_by, reason=KEPT)
        theirs = current.editions.get(number=current.editions_saved)
        save(current, by=by, typed=_texts_to_keep(typed), seen_version=current.version, reason="Set aside")
        restore(current, theirs, by=by, seen_version=current.version)
    story.refresh_from_db()


def submit(story: Story, *, by: AbstractBaseUser | None, seen_version: int) -> None:
    """Ask a chief editor to publish it."""
    _mark(story, by=by, seen_version=seen_version, reason="Sent to review", submitted_at=clock.now())


def take_back(story: Story, *, by: AbstractBaseUser | None, seen_version: int, reason: str = "") -> None:
    """Out of review again: to write on, or because it is not ready, for the reason given."""
    _mark(story, by=by, seen_version=seen_version, reason=reason or "Taken back from review", submitted_at=None)


def mark_looked(story: Story, *, by: AbstractBaseUser | None, seen_version: int) -> None:
    """Say that somebody has looked at what changed since, and that the story still holds."""
    _mark(story, by=by, seen_version=seen_version, reason="Looked at: still right", looked_at=clock.now())


def restore(story: Story, edition: StoryEdition, *, by: AbstractBaseUser | None, seen_version: int) -> StoryEdition:
    """Make the working copy what an edition says, links included, as the next edition. What was typed since stays an
    edition or becomes one first: nothing is lost.

    The slug stays: an earlier one may be another story's by now.
    """
    if edition.story_id != story.pk:
        raise ValueError("That edition is another story's.")
    with transaction.atomic():
        current = locked(story, seen_version)
        if current.has_unsaved:
            typed_by = current.edited_by
            write(current, by=by, reason=f"Kept before edition {edition.number} came back")
            freeze(current, by=typed_by, reason=KEPT)
        typed = {name: getattr(edition, name) for name in TEXTS if name != "slug"}
        links: dict[str, list[Model]] = {name: [] for name in LINKS}
        names = {subject: name for name, subject in LINKS.items()}
        for link in edition.links.filter(in_block=False):
            links[names[link.kind]].append(link.subject)
        reason = f"Edition {edition.number} brought back"
        restored = save(current, by=by, typed=typed, links=links, seen_version=current.version, reason=reason)  # type: ignore[arg-type]
    story.refresh_from_db()
    return restored


def name_milestone(edition: StoryEdition, *, name: str, by: AbstractBaseUser | None) -> Milestone | None:
    """Give an edition a name, or another one; an empty name takes it away."""
    with transaction.atomic():
        milestone = Milestone.objects.select_for_update().filter(edition=edition).first()
        if not name.strip():
            if milestone is not None:
                milestone.delete()
            return None
        milestone = milestone or Milestone(edition=edition)
        milestone.name, milestone.named_at, milestone.named_by = name.strip(), clock.now(), by
        milestone.full_clean()
        milestone.save()
        return milestone


def embargo_problem(story: Story, until: datetime | None) -> str:
    """Why a save cannot give this story this embargo: it would change what readers see, or since when they see it.

    "" where it can.
    """
    if until and not is_on_all_clocks(until):
        return NO_SUCH_DAY
    if story.public_from is None or story.publish_at is None:
        return ""
    since = max(story.publish_at, until or story.publish_at)
    if story.is_public and since != story.public_from:
        return (
            f"Readers see this {story.kind} already, and an embargo would change since when. "
            "Leave it as it was, or take it down first."
        )
    if not story.is_public and since <= clock.now():
        return f"With that readers would see this {story.kind} at once. Take it back first, then publish it."
    return ""


def free_slug(headline: str, *, kind: str) -> str:
    """A slug from the words of a headline that no story or page has or had, and that its address does not need."""
    words = "".join(sign if sign.isascii() and sign.isalnum() else " " for sign in fold(headline).lower()).split()
    base = "-".join(words)[:70].strip("-") or kind
    taken = set(Story.everything.filter(slug__startswith=base).values_list("slug", flat=True))
    taken |= Story(kind=kind).reserved_slugs
    taken |= set(Story.everything.filter(addresses__slug__startswith=base).values_list("addresses__slug", flat=True))
    number = 1
    slug = base
    while slug in taken or (kind == Story.Kind.PAGE and SEASON_SLUG.fullmatch(slug)):
        number += 1
        slug = f"{base}-{number}"
    return slug


# --- for the services beside this one ---------------------------------------------------------------------------


def locked(story: Story, seen_version: int | None = None) -> Story:
    """The story as it stands, locked until the transaction ends. Raises StaleVersionError when it has moved on from
    the version that somebody saw, if one is given."""
    current = Story.everything.select_for_update(of=("self",), no_key=True).select_related("live").get(pk=story.pk)
    if seen_version is not None and current.version != seen_version:
        raise StaleVersionError(current)
    return current


def write(story: Story, *, by: AbstractBaseUser | None, reason: str) -> None:
    """Check and save a story that is new or locked, with a row of history."""
    story.edited_at, story.edited_by = clock.now(), by
    story._history_user = by  # type: ignore[attr-defined]  # read by simple_history
    save_row(story, reason=reason[:100])
    story.pictures.set(pictures_in(story.body))


def freeze(
    story: Story, *, by: AbstractBaseUser | None, reason: str = "", public_from: Any = None, update_note: str = ""
) -> StoryEdition:
    """The next edition: the working copy as it is stored, with its links. The caller's transaction holds the lock."""
    number = story.editions_saved + 1
    with freezing():
        edition = StoryEdition.objects.create(
            story=story,
            number=number,
            saved_at=clock.now(),
            saved_by=by,
            reason=reason[:100],
            public_from=public_from,
            update_note=update_note,
            **{name: getattr(story, name) for name in TEXTS},
        )
        links = [
            StoryLink(edition=edition, **{subject: row})
            for name, subject in LINKS.items()
            for row in getattr(story, name).all()
        ]
        links += [StoryLink(edition=edition, in_block=True, **shown) for shown in shown_in(story.body)]
        StoryLink.objects.bulk_create(links)
    Story.everything.filter(pk=story.pk).update(editions_saved=number, has_unsaved=False)
    story.editions_saved, story.has_unsaved = number, False
    return edition


def keep_typing_of_another(story: Story, by: AbstractBaseUser | None) -> None:
    """An edition of what somebody else typed and never saved, before `by` writes over it, or
    only stands as the last one who did. The story is locked. The story is locked."""
    if story.has_unsaved and not _is_by(story, by):
        freeze(story, by=story.edited_by, reason=KEPT)


def _take(story: Story, typed: Typed) -> None:
    for name, value in typed.items():
        if name not in (*TEXTS, "embargo_until"):
            raise TypeError(f"A story has no {name}.")
        setattr(story, name, clean(value) if isinstance(value, str) and name == "body" else value)


def _texts_to_keep(typed: Typed) -> Typed:
    """What is kept without asking whether it is right: no slug, no embargo, no headline that is empty."""
    found: Any = {name: typed[name] for name in KEPT_BY_AUTOSAVE if name in typed}  # type: ignore[literal-required]
    if not found.get("headline"):
        found.pop("headline", None)
    return found  # type: ignore[no-any-return]


def _is_by(story: Story, person: AbstractBaseUser | None) -> bool:
    return story.edited_by_id == (person.pk if person else None)


def _set_links(story: Story, links: Links | None) -> None:
    for name, rows in (links or {}).items():
        if name not in LINKS:
            raise TypeError(f"A story has no {name}.")
        getattr(story, name).set(rows)


def _mark(story: Story, *, by: AbstractBaseUser | None, seen_version: int, reason: str, **facts: Any) -> None:
    with transaction.atomic():
        current = locked(story, seen_version)
        keep_typing_of_another(current, by)
        for name, value in facts.items():
            setattr(current, name, value)
        write(current, by=by, reason=reason)
    story.refresh_from_db()
