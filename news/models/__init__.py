"""What is stored of the newsroom. One file per noun."""

from news.models.editions import Milestone, StoryAddress, StoryEdition, StoryLink
from news.models.pages import Page
from news.models.partners import Partner
from news.models.previews import StoryPreview
from news.models.stories import Story, Topic

# What is written in these tables raises no content stamp: most of it is drafts. The services that publish and archive
# raise it themselves.
UNSEEN = frozenset({Milestone, Page, Story, StoryAddress, StoryEdition, StoryLink, StoryPreview})

__all__ = [
    "UNSEEN",
    "Milestone",
    "Page",
    "Partner",
    "Story",
    "StoryAddress",
    "StoryEdition",
    "StoryLink",
    "StoryPreview",
    "Topic",
]
