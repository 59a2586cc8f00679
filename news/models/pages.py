from typing import Any

from news.models.stories import KindManager, Story


class Page(Story):
    """A text that stands in the site: about, contact, a guide. Written and published as stories are, by chief editors.

    The services write both as the same rows; this is how pages are found, and who may write them.
    """

    objects = KindManager(Story.Kind.PAGE)

    class Meta:
        proxy = True
        default_permissions = ("add", "change", "view")
        permissions = [("publish_page", "Can publish, schedule and take down a page")]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        # Rows of the database come with all their values in order.
        if not args:
            kwargs.setdefault("kind", self.Kind.PAGE)
        super().__init__(*args, **kwargs)

    def save(self, *args: Any, **kwargs: Any) -> None:
        # As the row that it is: the history listens to Story alone.
        row = Story()
        row.__dict__ = self.__dict__
        row.save(*args, **kwargs)
