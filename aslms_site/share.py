"""What other sites show beside a link to a page that has no picture of its own: the season and where it races."""

from championship.models import Season
from championship.rules.names import place_of
from news.drawing.share import ShareCard


def site_card() -> ShareCard:
    """The card of the current season in the colours of its classes; of the series while there is none."""
    season = Season.objects.current()
    if season is None:
        return ShareCard(headline="Asian Le Mans Series", label="", day="", plates=())
    places = [place_of(slug) for slug in season.events.values_list("slug", flat=True)]
    colours = season.race_classes.values_list("plate_colour", flat=True)
    return ShareCard(
        headline=f"Season {season.label}", label="  ·  ".join(places), day="", plates=(), bars=tuple(colours)
    )
