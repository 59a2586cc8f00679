"""What is stored of the newsroom. One file per noun."""

from news.models.editions import Milestone, StoryAddress, StoryEdition, StoryLink
from news.models.previews import StoryPreview
from news.models.stories import Story, Topic

# Tables that no public page reads: what is written there raises no content stamp. `Story` is the working copy; the
# services raise the stamp where they move what readers see.
UNSEEN = frozenset({Story, Milestone, StoryPreview})

__all__ = [
    "UNSEEN",
    "Milestone",
    "Story",
    "StoryAddress",
    "StoryEdition",
    "StoryLink",
    "StoryPreview",
    "Topic",
]
