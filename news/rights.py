"""Who may do what with a story or a page: the one place that pages of the newsroom ask.

`story` is left out where somebody is about to make one, or asks for all of a kind (`Story.Kind`).
"""

from championship import rights
from championship.rights import Person
from news.models import Story


def may_see(user: Person, kind: str = Story.Kind.STORY) -> bool:
    """Whether `user` reads what is not public of this kind, with its editions."""
    return rights.may(user, f"news.view_{kind}")


def kinds_seen(user: Person) -> list[str]:
    """What `user` reads before it is public: stories, pages, both or nothing (`Story.Kind`)."""
    return [kind for kind in Story.Kind.values if may_see(user, kind)]


def may_write(user: Person, story: Story | None = None, kind: str = Story.Kind.STORY) -> bool:
    """Whether `user` writes: this story, or a new one of this kind."""
    return rights.may(user, f"news.add_{kind}" if story is None else f"news.change_{story.kind}")


def may_publish(user: Person, story: Story) -> bool:
    """Whether `user` publishes, schedules, updates and takes down this story."""
    return rights.may(user, f"news.publish_{story.kind}")
