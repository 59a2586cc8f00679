"""Reading data/news/: what is wrong is refused with its file, line and key."""

from datetime import UTC, datetime

import pytest

from news.record import NewsRecordError, TopicRecord, read_folder, read_news

TOPICS = b'[[topic]]\nslug = "season"\nname = "The season"\n'
STORY = """headline = "Sepang is back"
standfirst = "The season opens in Malaysia."
topic = "season"
published_at = 2023-11-03T17:00:00+08:00
events = ["2023-24/sepang"]
entries = ["2023-24/99"]
body = '''<p>Two races.</p>
<figure data-block="event" data-ref="2023-24/sepang"></figure>'''

[picture]
title = "The outline of Sepang"
alt = "The outline of the circuit of Sepang."
drawing = "outlines"
of = ["2023-24/sepang"]

[[claims]]
says = "Two races"
facts = ["count races sepang"]
"""


def files(story=STORY, **others):
    return {"topics.toml": TOPICS, "stories/sepang-returns.toml": story.encode()} | others


def problems(found):
    with pytest.raises(NewsRecordError) as error:
        read_news(found)
    return [str(problem) for problem in error.value.problems]


def test_a_story_is_read_as_it_stands():
    record = read_news(files())
    (story,) = record.stories
    assert record.topics == (TopicRecord(slug="season", name="The season"),)
    assert (story.slug, story.headline, story.topic) == ("sepang-returns", "Sepang is back", "season")
    assert story.published_at == datetime(2023, 11, 3, 9, tzinfo=UTC)
    assert (story.events, story.entries, story.teams) == (("2023-24/sepang",), ("2023-24/99",), ())
    assert story.body.startswith("<p>Two races.</p>\n<figure ")
    assert (story.picture.kind, story.picture.of, story.picture.after) == ("outlines", ("2023-24/sepang",), None)
    assert [(claim.says, claim.facts) for claim in story.claims] == [("Two races", ("count races sepang",))]


def test_stories_stand_in_the_order_in_which_they_appear():
    later = STORY.replace("2023-11-03", "2023-12-03").replace("events", 'related = ["sepang-returns"]\nevents')
    record = read_news(files(**{"stories/a-later-one.toml": later.encode()}))
    assert [story.slug for story in record.stories] == ["sepang-returns", "a-later-one"]
    assert record.stories[1].related == ("sepang-returns",)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('"Sepang is back"', '""', "stories/sepang-returns.toml, line 1, headline: Nothing is filled in."),
        ("topic =", "topics =", 'line 3, topics: The key "topics" is not known.'),
        ('"season"', '"seasons"', 'topic: There is no topic "seasons". Did you mean "season"?'),
        ("T17:00:00+08:00", "", "line 4, published_at: Found 2023-11-03."),
        ('["2023-24/99"]', '["99"]', "line 6, entries: Found ['99']. Write a list such as [\"2023-24/99\"]."),
        ('["2023-24/99"]', '["2023-24/9", "2023-24/9"]', 'line 6, entries: "2023-24/9" is named twice.'),
        ("<p>Two races.</p>", "<p onclick='x'>Two races.</p>", "line 7, body: The site would not keep"),
        ("<p>Two races.</p>", "<p>Two races.", "line 7, body: The site would not keep"),
        ('"outlines"', '"outline"', 'line 13, drawing: Found "outline". Write one of: outlines, plates'),
        (
            'of = ["2023-24/sepang"]',
            "of = []",
            'line 14, of: It says nothing. Write what is drawn: ["2023-24/sepang"].',
        ),
        ('"outlines"', '"outlines"\nheading = "X"', 'line 14, heading: The key "heading" is not known.'),
        ("[picture]", "after = 2\n[pictures]", 'line 10, after: The key "after" is not known.'),
        ('says = "Two races"', 'says = "Three races"', 'line 17, says: The story does not say "Three races".'),
        ('["count races sepang"]', "[]", "line 18, facts: It names no fact."),
        ("events =", 'related = ["dubai"]\nevents =', 'related: No story "dubai" appears before this one.'),
        ("headline = ", "headline", "stories/sepang-returns.toml, line 1: The file is not TOML"),
    ],
)
def test_what_cannot_be_right_is_refused_with_its_place(old, new, message):
    assert old in STORY
    assert message in "\n".join(problems(files(STORY.replace(old, new, 1))))


PAGE = """headline = "Tickets"
standfirst = "At the gate."
footer_place = 20
published_at = 2023-11-01T17:00:00+08:00
body = "<p>Ask.</p>"
"""


def test_a_page_is_read_as_it_stands():
    (page,) = read_news(files(**{"pages/tickets.toml": PAGE.encode()})).pages
    assert (page.slug, page.headline, page.standfirst, page.body) == (
        "tickets",
        "Tickets",
        "At the gate.",
        "<p>Ask.</p>",
    )
    assert (page.footer_place, page.published_at) == (20, datetime(2023, 11, 1, 9, tzinfo=UTC))
    bare = PAGE.replace("footer_place = 20\n", "").replace('standfirst = "At the gate."\n', "")
    (page,) = read_news(files(**{"pages/tickets.toml": bare.encode()})).pages
    assert (page.footer_place, page.standfirst) == (None, "")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('"Tickets"', '""', "pages/tickets.toml, line 1, headline: Nothing is filled in."),
        ("footer_place = 20", "footer_place = 0", "line 3, footer_place: Found 0."),
        ("footer_place", "topic", 'line 3, topic: The key "topic" is not known.'),
        ("<p>", "<p onclick='x'>", "line 5, body: The site would not keep"),
    ],
)
def test_a_page_that_cannot_be_right_is_refused_with_its_place(old, new, message):
    assert message in "\n".join(problems(files(**{"pages/tickets.toml": PAGE.replace(old, new, 1).encode()})))
    assert "is no slug" in problems(files(**{"pages/Tickets.toml": PAGE.encode()}))[0]


def test_a_file_that_nobody_reads_is_refused():
    found = problems(files(**{"stories/old/x.toml": b"", "notes.txt": b""}))
    assert [text.partition(":")[0] for text in found] == ["notes.txt", "stories/old/x.toml"]
    assert problems({"stories/sepang-returns.toml": STORY.encode()})[0].startswith("topics.toml: The file is missing.")
    assert "is no slug" in problems({"topics.toml": TOPICS, "stories/Sepang.toml": STORY.encode()})[0]


def test_a_topic_stands_once():
    assert 'topics.toml, line 5, slug: "season" is there already.' in problems(files() | {"topics.toml": TOPICS * 2})[0]


def test_a_folder_is_read_without_its_readme(tmp_path):
    (tmp_path / "stories").mkdir()
    (tmp_path / "README.md").write_text("For people")
    (tmp_path / "stories" / "one.toml").write_text("x = 1")
    assert read_folder(tmp_path) == {"stories/one.toml": b"x = 1"}
    with pytest.raises(
        NewsRecordError, match=r"1 problem in the files of the newsroom:\n  .*: There is no such folder"
    ):
        read_folder(tmp_path / "nowhere")
