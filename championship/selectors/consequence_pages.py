"""Which public pages, feeds and documents say something else after a publication."""

from dataclasses import dataclass

from django.urls import reverse

from championship.models import Session
from championship.rules.consequences import Consequence
from championship.selectors.classification_heads import session_scope
from championship.selectors.text import counted


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedPage:
    """A page by its name and address; `is_new` when it comes into being. Several alike have no address."""

    name: str
    url: str
    is_new: bool = False


def changed_pages(
    session: Session, found: Consequence, version: int | None = None, document: int | None = None
) -> tuple[ChangedPage, ...]:
    """The pages that change with the publication of `version` of the session as `document`, or without with a recall.

    The session was fetched with its event's season.
    """
    scope = session_scope(session)
    season = scope.season
    pages = [ChangedPage(name=f"{scope.name}: the result", url=scope.session_url)]
    if version:
        address = scope.url("classification_version", version)
        pages.append(ChangedPage(name=f"Version v{version}, for good", url=address, is_new=True))
    if document:
        address = reverse("document", args=[season, scope.event, document])
        pages.append(ChangedPage(name=f"Document {document} of the notice board", url=address, is_new=True))
        pages.append(ChangedPage(name="Notice board", url=reverse("documents", args=[season, scope.event])))
        pages.append(ChangedPage(name="Feed of documents", url=reverse("documents_feed")))
    pages.append(ChangedPage(name="Feed of results", url=reverse("results_feed")))
    if not found.is_first:
        pages.append(ChangedPage(name="What changed", url=scope.changes_url))
        pages.append(ChangedPage(name="Corrections", url=reverse("corrections")))
    pages += [
        ChangedPage(name=scope.event_name, url=scope.event_url),
        ChangedPage(name=f"Results {scope.season_label}", url=scope.results_url),
    ]
    for change in found.titles:
        address = reverse("title_standings", args=[season, change.table.slug])
        pages.append(ChangedPage(name=f"Standings: {change.table.title}", url=address))
    if found.titles:
        pages.append(ChangedPage(name="Title fight", url=reverse("title_fight", args=[season])))
    if found.invitations:
        pages.append(ChangedPage(name="Invitations", url=reverse("invitations", args=[season])))
    pages.append(ChangedPage(name="Home", url=reverse("home")))
    if cars := {change.car.car_number for change in found.places} | {row.score.car_number for row in found.points}:
        pages.append(ChangedPage(name=f"The pages of {counted(len(cars), 'car')}, and of who drove them", url=""))
    return tuple(pages)
