"""From the files of `data/news/` to the record of the newsroom."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from championship.record.errors import RecordProblem
from championship.record.fields import nearest, shown
from championship.record.toml_file import read_toml
from news.record.errors import NewsRecordError
from news.record.pages import read_page
from news.record.schema import NewsRecord, PageRecord, StoryRecord, TopicRecord
from news.record.stories import read_story

TOPICS = "topics.toml"
STORIES, PAGES = "stories", "pages"
# For people, and left out.
IGNORED = "README.md"
LONGEST = {"slug": 50, "name": 40}


def read_folder(path: str | Path) -> dict[str, bytes]:
    """The files of a folder by their relative names. Raises NewsRecordError when it is not there."""
    folder = Path(path)
    if not folder.is_dir():
        raise NewsRecordError(
            [_of_file(str(path), "There is no such folder.", "Give the folder of the news, data/news.")]
        )
    files = (file for file in sorted(folder.rglob("*")) if file.is_file() and file != folder / IGNORED)
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in files}


def read_news(files: Mapping[str, bytes]) -> NewsRecord:
    """The newsroom that files, by their relative names, hold. Raises NewsRecordError with all problems."""
    problems: list[RecordProblem] = []
    topics: tuple[TopicRecord, ...] = ()
    stories: list[StoryRecord] = []
    pages: list[PageRecord] = []
    if TOPICS not in files:
        problems.append(_of_file(TOPICS, "The file is missing.", "Add it; without topics it is empty."))
    for name in sorted(files):
        if name == TOPICS:
            topics = _topics(files[name], problems)
        elif _is_in(STORIES, name):
            story = read_story(name, files[name], problems)
            stories += [story] if story else []
        elif _is_in(PAGES, name):
            page = read_page(name, files[name], problems)
            pages += [page] if page else []
        else:
            problems.append(
                _of_file(
                    name, "The file belongs to no news.", f"The files are {TOPICS}, {STORIES}/*.toml, {PAGES}/*.toml."
                )
            )
    stories.sort(key=lambda story: (story.published_at, story.slug))
    if not problems:
        _check(topics, stories, problems)
    if problems:
        raise NewsRecordError(problems)
    return NewsRecord(topics=topics, stories=tuple(stories), pages=tuple(pages))


def _is_in(folder: str, name: str) -> bool:
    """Whether a file is one of those of a folder."""
    found, _, file = name.partition("/")
    return found == folder and "/" not in file and file.endswith(".toml")


def _topics(content: bytes, problems: list[RecordProblem]) -> tuple[TopicRecord, ...]:
    document = read_toml(TOPICS, content, ("topic",), problems)
    found: list[TopicRecord] = []
    for table in document.tables("topic") if document else ():
        table.longest = LONGEST
        topic = TopicRecord(slug=table.slug("slug"), name=table.text("name"))
        if topic.slug in {one.slug for one in found}:
            table.report("slug", f"{shown(topic.slug)} is there already.", "Remove or rename one.")
        table.close()
        found.append(topic)
    return tuple(sorted(found, key=lambda topic: topic.slug))


def _check(topics: tuple[TopicRecord, ...], stories: list[StoryRecord], problems: list[RecordProblem]) -> None:
    """What crosses files: topics that there are, and related stories that were public before."""
    known = {topic.slug for topic in topics}
    earlier: set[str] = set()
    for story in stories:
        if story.topic not in known:
            mend = nearest(story.topic, known, TOPICS)
            problems.append(_of_file(story.file, f"There is no topic {shown(story.topic)}.", mend, "topic"))
        for slug in story.related:
            if slug not in earlier:
                message = f"No story {shown(slug)} appears before this one."
                mend = "Name earlier stories; later ones are found by their links."
                problems.append(_of_file(story.file, message, mend, "related"))
        earlier.add(story.slug)


def _of_file(file: str, message: str, mend: str, column: str = "") -> RecordProblem:
    return RecordProblem(file=file, line=0, column=column, message=message, mend=mend)
