"""Where a story stands, in words, and what this person can do next: the head of the writing page and of each page here.

`templates/admin/news/includes/story_state.html` shows a StoryState.
"""

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser

from championship import clock
from championship.rules.times import on_two_clocks
from news import rights
from news.admin.newsroom.base import newsroom_url
from news.models import Story
from news.selectors.newsroom import PILLS
from news.selectors.zones import HOME, ZoneChoice, zone_choices

# What the button says by state, for who may publish; "" where readers see exactly what is written.
BUTTONS = {
    Story.State.DRAFT: "Publish or schedule",
    Story.State.IN_REVIEW: "Review and publish",
    Story.State.SCHEDULED: "Publish now or move",
    Story.State.LIVE: "",
    Story.State.LIVE_WITH_DRAFT: "Update live {noun}",
    Story.State.ARCHIVED: "Publish again",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryState:
    """`sentence` says what readers see. The button leads to the page that does it, and does nothing by itself."""

    pill: str
    label: str
    sentence: str
    button: str
    button_url: str
    public_url: str
    links: tuple[tuple[str, str], ...]


def story_state(
    story: Story, person: AbstractBaseUser | AnonymousUser, zones: tuple[ZoneChoice, ...] | None = None
) -> StoryState:
    """Five queries, three less when the zones are given."""
    found = story.state
    zones = zones or zone_choices(story)
    return StoryState(
        pill=PILLS[found],
        label=found.label,
        sentence=_sentence(story, zones),
        button=_button(story, person),
        button_url=newsroom_url("publish", story),
        public_url=story.get_absolute_url() if story.is_public else "",
        links=tuple(_links(story, person)),
    )


def _button(story: Story, person: AbstractBaseUser | AnonymousUser) -> str:
    if rights.may_publish(person, story):
        return BUTTONS[story.state].format(noun=story.kind)
    if not rights.may_write(person, story) or story.state == Story.State.LIVE:
        return ""
    return "Take back from review" if story.submitted_at else "Send to review"


def _links(story: Story, person: AbstractBaseUser | AnonymousUser) -> list[tuple[str, str]]:
    found = [("Editions", newsroom_url("editions", story))]
    if rights.may_write(person, story):
        found.append(("Previews", newsroom_url("previews", story)))
    if rights.may_publish(person, story) and story.live is not None and story.archived_at is None:
        label = "Take down" if story.is_public else "Take back"
        found.append((label, newsroom_url("archive", story)))
    return found


def _sentence(story: Story, zones: tuple[ZoneChoice, ...]) -> str:
    words = _what_readers_see(story, zones)
    if story.submitted_at:
        words = f"{words} It waits for review since {said_at(story.submitted_at, zones)}."
    elif returned := _returned(story):
        words = f"{words} {returned}."
    if story.embargo_until and story.embargo_until > clock.now() and story.live is None:
        words = f"{words} Under embargo until {said_at(story.embargo_until, zones)}."
    return words


def _returned(story: Story) -> str:
    """How it came out of review the last time, "" when it was published then or never there."""
    records = story.history.select_related("history_user").order_by("history_id")
    last = records.filter(submitted_at__isnull=False).last()
    after = records.filter(history_id__gt=last.history_id).first() if last else None
    if after is None or after.live_id != last.live_id:
        return ""
    who = f" ({after.history_user})" if after.history_user else ""
    return f"{after.history_change_reason}{who}"


def _what_readers_see(story: Story, zones: tuple[ZoneChoice, ...]) -> str:
    match story.state:
        case Story.State.SCHEDULED:
            newer = ". Nothing written since is part of it" if story.has_newer_draft else ""
            return f"It appears by itself {said_at(story.public_from, zones)}{newer}."
        case Story.State.LIVE:
            return f"Readers see exactly this, since {said_at(story.live.public_from, zones)}."
        case Story.State.LIVE_WITH_DRAFT:
            since = said_at(story.live.public_from, zones)
            return f"Readers see what was published {since}. Nothing written since is public."
        case Story.State.ARCHIVED:
            down = said_at(story.archived_at, zones)
            return f"It was taken down {down}. Readers are told that there is no such {story.kind}."
    return "Nobody but editors sees it."


def said_at(moment: datetime, zones: tuple[ZoneChoice, ...]) -> str:
    """A moment on the clocks of the first zone and of Paris."""
    home = next((choice.zone for choice in zones if choice.name == HOME and choice != zones[0]), None)
    return on_two_clocks(moment, zones[0].zone, home, now=clock.now())
