"""The decisions about a car on the notice boards of its season."""

from dataclasses import dataclass

from championship.models import Document
from championship.selectors.document_lines import DocumentLine, document_line, for_lines


@dataclass(frozen=True, slots=True, kw_only=True)
class CarDocument:
    """A decision's document, and the event on whose board it stands."""

    event_name: str
    line: DocumentLine


def car_decisions(entry: int) -> tuple[CarDocument, ...]:
    """All published decisions about the car, also those that count in no classification, the newest first."""
    rows = for_lines(
        Document.objects.published().filter(kind=Document.Kind.DECISION, event_entry__entry=entry)
    ).select_related("event__season", "event__circuit")
    return tuple(CarDocument(event_name=row.event.name, line=document_line(row, row.event, ())) for row in rows)
