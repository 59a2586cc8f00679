"""The editors' pages. One file per noun; Django's autodiscovery imports this package."""

from news.admin import pages, partners, stories

__all__ = ["pages", "partners", "stories"]
