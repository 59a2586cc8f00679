"""Loading the files of `data/news/` into an empty newsroom: through the doors of an editor, all or nothing."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Model, QuerySet, Value
from django.db.models.functions import Concat

from championship.models import Driver, Entry, Event, Picture, Season, Session, Team
from championship.record import RecordProblem
from championship.record.fields import nearest, shown
from championship.services import pictures
from championship.services.saving import save as save_row
from news.markup import blocks_of
from news.models import Page, Story, Topic
from news.models.block_rows import rows_of
from news.record import Drawing, NewsRecord, NewsRecordError, PageRecord, StoryRecord
from news.services import stories
from news.services.lead_pictures import NothingToDrawError, draw
from news.services.publishing import publish

REASON = "Loaded from the files of the newsroom"
CREDIT = "Asian Le Mans Series"


def _joined(*parts: str) -> Concat:
    """Columns with slashes between them, as links write them."""
    pieces: list[Any] = [F(parts[0])]
    for part in parts[1:]:
        pieces += [Value("/"), F(part)]
    return Concat(*pieces)


# How the rows of each link are found, and what one of them is called.
ROWS: Mapping[str, tuple[str, Callable[[], QuerySet[Any]]]] = {
    "seasons": ("season", lambda: Season.objects.annotate(link=F("slug"))),
    "events": ("event", lambda: Event.objects.annotate(link=_joined("season__slug", "slug"))),
    "sessions": (
        "session",
        lambda: Session.objects.annotate(link=_joined("event__season__slug", "event__slug", "slug")),
    ),
    "entries": ("car", lambda: Entry.objects.annotate(link=_joined("season__slug", "car_number"))),
    "teams": ("team", lambda: Team.objects.annotate(link=F("slug"))),
    "drivers": ("driver", lambda: Driver.objects.annotate(link=F("slug"))),
}
# Which of them each kind of drawing is of; a chart is of a title.
DRAWN = {"outlines": "events", "plates": "entries", "entry_list": "seasons", "invitations": "seasons"}


class NewsroomNotEmptyError(Exception):
    """There are stories or pages already, so that loading would stand among what others wrote."""

    def __init__(self) -> None:
        super().__init__("The newsroom has stories or pages already, and these load into an empty one only.")


def is_empty() -> bool:
    """Whether nobody has written or loaded a story or a page yet."""
    return not Story.everything.exists()


def load_news(record: NewsRecord) -> None:
    """Write and publish all stories and pages of `record`, each as of its moment, with their topics.

    Raises NewsRecordError, and writes nothing, when one names what the database does not have or a rule refuses one;
    NewsroomNotEmptyError when there are stories or pages already.
    """
    if not is_empty():
        raise NewsroomNotEmptyError
    problems = [problem for story in record.stories for problem in _unknown(story)]
    problems += [problem for page in record.pages for problem in _unknown_blocks(page.file, page.body)]
    if problems:
        raise NewsRecordError(problems)
    # Files first and rows last, as services/pictures.py has it; that also keeps the lock of the database short.
    leads = {story.slug: _lead(story) for story in record.stories if story.picture}
    with transaction.atomic():
        topics = {topic.slug: _topic(topic.slug, topic.name) for topic in record.topics}
        written: dict[str, Story] = {}
        for story in record.stories:
            try:
                written[story.slug] = _story(story, topics, written, leads.get(story.slug))
            except ValidationError as error:
                raise NewsRecordError([_problem(story.file, "", " ".join(error.messages), "")]) from error
        for page in record.pages:
            try:
                _page(page)
            except ValidationError as error:
                raise NewsRecordError([_problem(page.file, "", " ".join(error.messages), "")]) from error


def _topic(slug: str, name: str) -> Topic:
    known = Topic.objects.filter(slug=slug).first()
    return known or save_row(Topic(slug=slug, name=name), reason=REASON)


def _lead(story: StoryRecord) -> Picture | pictures.Prepared:
    """The lead picture of a story, drawn and with its files; the one of the library when it is there already."""
    try:
        drawn = draw(story.picture, at=story.published_at)
        return pictures.prepare(drawn.content, focus=drawn.focus)
    except NothingToDrawError as error:
        raise NewsRecordError([_problem(story.file, "picture", str(error), "Draw something else.")]) from error
    except pictures.SamePictureError as error:
        return error.picture


def _picture(drawing: Drawing, lead: Picture | pictures.Prepared) -> Picture:
    if isinstance(lead, Picture):
        return lead
    picture = Picture(title=drawing.title, alt=drawing.alt, credit=CREDIT, licence=Picture.Licence.OWN)
    return pictures.save(picture, prepared=lead, reason=REASON)


def _story(
    story: StoryRecord,
    topics: Mapping[str, Topic],
    earlier: Mapping[str, Story],
    lead: Picture | pictures.Prepared | None,
) -> Story:
    row = stories.create(
        by=None,
        typed={
            "slug": story.slug,
            "headline": story.headline,
            "neutral_headline": story.neutral_headline,
            "standfirst": story.standfirst,
            "body": story.body,
            "topic": topics[story.topic],
            "byline": story.byline,
            "lead_picture": _picture(story.picture, lead) if story.picture and lead else None,
        },
        links={name: _rows(name, getattr(story, name)) for name in ROWS}
        | {"related": [earlier[slug] for slug in story.related]},
        reason=REASON,
    )
    publish(row, by=None, at=story.published_at, seen_version=row.version, reason=REASON)
    return row


def _page(page: PageRecord) -> None:
    names = ("slug", "headline", "standfirst", "body", "footer_place")
    typed: Any = {name: getattr(page, name) for name in names}
    row = stories.create(by=None, typed=typed, story=Page(), reason=REASON)
    publish(row, by=None, at=page.published_at, seen_version=row.version, reason=REASON)


def _rows(name: str, links: Iterable[str]) -> list[Model]:
    _, rows = ROWS[name]
    return list(rows().filter(link__in=links)) if links else []


def _unknown(story: StoryRecord) -> list[RecordProblem]:
    """What the links, the picture and the data blocks of a story name and nobody knows."""
    found = []
    asked_for = [(name, getattr(story, name), name) for name in ROWS]
    if story.picture and story.picture.kind in DRAWN:
        asked_for.append((DRAWN[story.picture.kind], story.picture.of, "picture.of"))
    for name, asked, key in asked_for:
        what, rows = ROWS[name]
        known = set(rows().filter(link__in=asked).values_list("link", flat=True)) if asked else set()
        for link in asked:
            if link not in known:
                mend = nearest(link, list(rows().values_list("link", flat=True)), "the record of the season")
                found.append(_problem(story.file, key, f"There is no {what} {shown(link)}.", mend))
    return found + _unknown_blocks(story.file, story.body)


def _unknown_blocks(file: str, body: str) -> list[RecordProblem]:
    messages = (
        f"The block {block.kind} shows {shown(block.reference)}, which is not there."
        for block in blocks_of(body)
        if not rows_of([block])
    )
    return [_problem(file, "body", message, "Correct its data-ref.") for message in messages]


def _problem(file: str, column: str, message: str, mend: str) -> RecordProblem:
    return RecordProblem(file=file, line=0, column=column, message=message, mend=mend)
