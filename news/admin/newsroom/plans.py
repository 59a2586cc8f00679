"""What the one button of the page Publish would do, and its words: exactly that and nothing else."""

from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from championship import clock
from championship.rules.times import on_two_clocks
from news.models import Story

# What the button says while it could do nothing.
CHOOSE = "Choose another time"
IDLE = "It appears then by itself. Type another time to move it, or leave day and time empty to publish it now."
SAME = "Readers see exactly what is written: there is nothing to publish."


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """`label` stands on the button. `key` is the same for a machine: `now`, `update` or the moment in UTC.

    `at` is None for at once. `problem` says what is in the way and what to do, "" when nothing is.
    """

    label: str
    key: str
    at: datetime | None = None
    problem: str = ""


def plan_of(story: Story, at: datetime | None, *, zone: ZoneInfo, other: ZoneInfo | None) -> Plan:
    """What publishing the story as of `at` (None: now) does. Times are said on the clocks of `zone` and `other`."""
    now = clock.now()
    if story.is_public:
        return Plan(label=f"Update live {story.kind}", key="update", problem="" if story.has_newer_draft else SAME)
    if at is None:
        label = "Publish again now" if story.archived_at else "Publish now"
        return Plan(label=label, key="now", problem=_embargo(story, now, zone, other))
    if problem := _problem(story, at, zone, other):
        return Plan(label=CHOOSE, key=key_of(at), at=at, problem=problem)
    return Plan(label=_timed(story, on_two_clocks(at, zone, other, now=now), at), key=key_of(at), at=at)


def _problem(story: Story, at: datetime, zone: ZoneInfo, other: ZoneInfo | None) -> str:
    """Why it cannot be scheduled for `at`, or need not; "" when it can."""
    now = clock.now()
    if at <= now:
        return f"{on_two_clocks(at, zone, other, now=now)} is over. Choose a later time, or leave day and time empty."
    if story.state == Story.State.SCHEDULED and story.publish_at == at and not story.has_newer_draft:
        return IDLE
    return _embargo(story, at, zone, other)


def _timed(story: Story, words: str, at: datetime) -> str:
    if story.state != Story.State.SCHEDULED:
        return f"Schedule for {words}"
    return f"Update the {story.kind} scheduled for {words}" if story.publish_at == at else f"Move to {words}"


def key_of(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%MZ}"


def _embargo(story: Story, moment: datetime, zone: ZoneInfo, other: ZoneInfo | None) -> str:
    if story.embargo_until is None or story.embargo_until <= moment:
        return ""
    until = on_two_clocks(story.embargo_until, zone, other, now=clock.now())
    return f"It is under embargo until {until}. Schedule it for then or later."
