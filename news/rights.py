"""Who may do what with a story: the one place that pages of the newsroom ask.

`story` is left out where somebody is about to make one.
"""

from championship import rights
from championship.rights import Person
from news.models import Story


def may_see(user: Person) -> bool:
    """Whether `user` reads stories that are not public, with their editions."""
    return rights.may(user, "news.view_story")


def may_write(user: Person, story: Story | None = None) -> bool:
    """Whether `user` writes: this story, or a new one."""
    return rights.may(user, "news.add_story" if story is None else "news.change_story")


def may_publish(user: Person, story: Story) -> bool:
    """Whether `user` publishes, schedules, updates and takes down this story."""
    return rights.may(user, "news.publish_story")
