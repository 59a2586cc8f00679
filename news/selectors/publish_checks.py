"""What an editor should know before a story is published: what stops it, and what readers would miss."""

import re
from dataclasses import dataclass

from django.urls import reverse

from news.markup import blocks_of, clean
from news.models import Story
from news.selectors.blocks import missing_blocks

# Words of a headline that gives the result away.
RESULT_WORDS = re.compile(
    r"\b(?:win|wins|won|winner|winners|winning|victory|victories|champion|champions|championship|title|titles|beat|"
    r"beats|podium|pole|triumph|triumphs|takes|took|seal|seals|sealed|clinch|clinches|clinched|dominates?)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryCheck:
    """`is_stop`: it cannot be published before that is mended."""

    text: str
    is_stop: bool = False


def publish_checks(story: Story) -> tuple[StoryCheck, ...]:
    """Stops first; the queries of the text's data blocks."""
    found = []
    if not story.standfirst and not story.body:
        found.append(StoryCheck(text="It has no text yet. Write a standfirst or a body first.", is_stop=True))
    if story.kind == Story.Kind.STORY and not story.neutral_headline and tells_a_result(story):
        text = "The headline may tell who won, also to readers who hide results and in the feed. Write a neutral one."
        found.append(StoryCheck(text=text))
    found += [StoryCheck(text=note) for note in missing_blocks(story.body)]
    if story.kind == Story.Kind.STORY and story.lead_picture is None:
        text = "It has no lead picture. A plate of letters and outlines stands in its place."
        found.append(StoryCheck(text=text))
    if story.live and story.live.slug != story.slug:
        old, new = (reverse(story.kind, args=[slug]) for slug in (story.live.slug, story.slug))
        found.append(StoryCheck(text=f"Its address becomes {new}. {old} leads there from then on."))
    if story.has_unsaved:
        text = "What was typed since the last save is published, too."
        found.append(StoryCheck(text=text))
    return tuple(found)


def tells_a_result(story: Story) -> bool:
    """Whether the headline may give a result away: by its words, or since the text shows a result."""
    if RESULT_WORDS.search(story.headline):
        return True
    return any(block.kind == "result" for block in blocks_of(clean(story.body)))
