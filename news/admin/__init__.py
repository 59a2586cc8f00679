"""The editors' pages. One file per noun; Django's autodiscovery imports this package."""

from news.admin import stories

__all__ = ["stories"]
