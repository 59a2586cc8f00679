"""Pages of the site that editors write: one of them, and those that the footer lists."""

from dataclasses import dataclass

from django.urls import reverse

from championship.models.base import Precision
from championship.selectors.pictures import LEAD, ShownPicture, shown_picture
from championship.selectors.text import published_words
from news.models import Page, StoryAddress
from news.selectors.blocks import Part, parts_of
from news.selectors.links import public_links
from news.selectors.story import description_of


@dataclass(frozen=True, slots=True, kw_only=True)
class SitePage:
    """All that a page says. `changed_text` is the day of its last change for people, `changed_machine` for `<time>`."""

    headline: str
    standfirst: str
    parts: tuple[Part, ...]
    picture: ShownPicture | None
    changed_text: str
    changed_machine: str
    url: str
    description: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PageLink:
    label: str
    url: str


def site_page(slug: str) -> SitePage | None:
    """The public page at this slug, or None. Seven queries at most, whatever its blocks show.

    A page says what holds now, so nothing on it is ever amended.
    """
    page = Page.objects.published().filter(live__slug=slug).first()
    if page is None:
        return None
    edition = page.live
    text, machine = published_words(max(edition.public_from, page.public_from), Precision.DAY)
    return SitePage(
        headline=edition.headline,
        standfirst=edition.standfirst,
        parts=parts_of(edition.body, list(public_links([edition.pk]))),
        picture=shown_picture(edition.lead_picture, LEAD),
        changed_text=text.removeprefix("Published "),
        changed_machine=machine,
        url=reverse("page", args=[edition.slug]),
        description=description_of(edition),
    )


def present_page_address(slug: str) -> str:
    """Where the public page is now that was once at this slug; "" when there is none."""
    known = StoryAddress.objects.filter(slug=slug).values("story")
    page = Page.objects.published().filter(pk__in=known).first()
    return page.get_absolute_url() if page else ""


def pages_in_footer() -> tuple[PageLink, ...]:
    """The public pages with a place in the footer, in their order; one query."""
    rows = Page.objects.published().filter(live__footer_place__isnull=False)
    found = rows.order_by("live__footer_place", "live__headline").values_list("live__headline", "live__slug")
    return tuple(PageLink(label=headline, url=reverse("page", args=[slug])) for headline, slug in found)
