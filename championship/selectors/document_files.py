"""A notice board as a file: the JSON document, whose schema is published, and the rows of the CSV."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta

from championship.selectors.document_lines import DecisionReading, DocumentLine
from championship.selectors.documents import BoardPage
from championship.selectors.entry_list_files import neutral

DocumentKind = Literal[
    "decision", "classification", "entry_list", "bulletin", "regulations", "timetable", "summons", "other"
]
DocumentPrecision = Literal["minute", "day", "month", "latest"]
DocumentState = Literal["", "recalled", "amended", "withdrawn"]

COLUMNS = (
    "number",
    "address",
    "kind",
    "title",
    "language",
    "session",
    "car_number",
    "published_at",
    "published_precision",
    "state",
    "amends",
    "amended_by",
    "decision_number",
    "fact",
    "offence",
    "decision",
    "reason",
    "file",
    "size",
    "sha256",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardFile:
    """An uploaded file of a document."""

    path: Annotated[str, Meta(description="Where the file is, on this site.")]
    content_type: str
    size: Annotated[int, Meta(ge=0, description="Bytes.")]
    sha256: Annotated[str, Meta(description="SHA-256 of the content, in hexadecimal digits.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardDecision:
    """A decision of the stewards as the document tells it. What is not on record is empty or null."""

    number: str
    competitor: str
    fact_at: Annotated[datetime | None, Meta(description="Time of the fact, with the offset at the track.")]
    fact: str
    offence: str
    decision: Annotated[str, Meta(description="Its effects in words; empty when it has none.")]
    reason: str
    status: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardDocument:
    """One document."""

    number: Annotated[int | None, Meta(description="Null outside the numbering: copied from an archive.")]
    path: Annotated[str, Meta(description="Its page, on this site.")]
    kind: DocumentKind
    title: str
    language: Annotated[str, Meta(description="ISO 639-1.")]
    session: Annotated[str | None, Meta(description="Slug of the session that it is of.")]
    car_number: Annotated[str | None, Meta(description="The car that it is about. Text: 007 is another car than 7.")]
    published_at: Annotated[datetime, Meta(tz=True)]
    published_precision: Annotated[
        DocumentPrecision,
        Meta(description="How much of published_at is on record; `latest` means on that day at the latest."),
    ]
    state: Annotated[DocumentState, Meta(description="What happened to it since; empty when nothing did.")]
    amends: Annotated[str | None, Meta(description="The page of the document that it corrects.")]
    amended_by: Annotated[tuple[str, ...], Meta(description="The pages of those that correct it.")]
    decision: BoardDecision | None
    file: BoardFile | None


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeBoardDocument:
    """The notice board of an event of the Asian Le Mans Series, the newest document first."""

    season: Annotated[str, Meta(description="Slug of the season, such as 2023-24.")]
    event: Annotated[str, Meta(description="Slug of the event.")]
    count: Annotated[int, Meta(ge=0, description="Documents here.")]
    total: Annotated[int, Meta(ge=0, description="Documents of the whole board.")]
    filters: Annotated[dict[str, list[str]], Meta(description="The filters that were applied, by parameter.")]
    documents: tuple[BoardDocument, ...]


def document(page: BoardPage) -> NoticeBoardDocument:
    return NoticeBoardDocument(
        season=page.scope.season,
        event=page.scope.event,
        count=len(page.lines),
        total=page.total,
        filters=page.filters.values,
        documents=tuple(_document(line) for line in page.lines),
    )


def schema() -> dict[str, Any]:
    """JSON Schema (2020-12) of the document."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **msgspec.json.schema(NoticeBoardDocument)}


def csv_rows(page: BoardPage) -> Iterator[list[str]]:
    """One row per document, as wide as `COLUMNS`."""
    for line in page.lines:
        decision, file = line.decision, line.file
        cells = [
            str(line.number or ""),
            line.address,
            line.kind,
            line.title,
            line.language,
            line.session,
            line.car.car_number if line.car else "",
            line.moment.isoformat().replace("+00:00", "Z"),
            line.published_precision,
            line.state_label.lower(),
            line.amends.url if line.amends else "",
            " ".join(one.url for one in line.amended_by),
            *((decision.number, decision.fact, decision.offence) if decision else ("", "", "")),
            *((decision.effects, decision.reason) if decision else ("", "")),
            *((file.url, str(file.size), file.sha256) if file else ("", "", "")),
        ]
        yield [neutral(cell) for cell in cells]


def _document(line: DocumentLine) -> BoardDocument:
    return BoardDocument(
        number=line.number,
        path=line.url,
        kind=line.kind,
        title=line.title,
        language=line.language,
        session=line.session or None,
        car_number=line.car.car_number if line.car else None,
        published_at=line.moment,
        published_precision=line.published_precision,
        state=line.state_label.lower(),
        amends=line.amends.url if line.amends else None,
        amended_by=tuple(one.url for one in line.amended_by),
        decision=_decision(line.decision) if line.decision else None,
        file=BoardFile(
            path=line.file.url, content_type=line.file.content_type, size=line.file.size, sha256=line.file.sha256
        )
        if line.file
        else None,
    )


def _decision(told: DecisionReading) -> BoardDecision:
    return BoardDecision(
        number=told.number,
        competitor=told.competitor,
        fact_at=told.fact_at,
        fact=told.fact,
        offence=told.offence,
        decision=told.effects,
        reason=told.reason,
        status=told.status,
    )
