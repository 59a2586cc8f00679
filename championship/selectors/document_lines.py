"""One document of a notice board as pages show it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch, Q, QuerySet
from django.template.defaultfilters import filesizeformat
from django.urls import reverse

from championship import clock
from championship.models import Decision, Document, EntryListLine, Event
from championship.models.base import Precision
from championship.rules.decision_texts import DecisionText, from_text
from championship.rules.times import zone_label
from championship.selectors.effects import effects_in_words
from championship.selectors.text import published_words

# So much of a file's hash stands in its address: enough that another file has another address.
HASH_IN_ADDRESS = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardScope:
    """The event whose notice board it is."""

    season: str
    season_label: str
    event: str
    event_name: str

    @property
    def name(self) -> str:
        return f"{self.event_name} {self.season_label}"

    @property
    def event_url(self) -> str:
        return reverse("event", args=[self.season, self.event])

    @property
    def board_url(self) -> str:
        return self.url("documents")

    def url(self, page: str, *args: object) -> str:
        """The address of a page of this board: `url("documents")`, `url("document", "12")`."""
        return reverse(page, args=[self.season, self.event, *args])


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentLink:
    """Another document: `label` is `Document 12`, or says that its number is not on record."""

    number: int | None
    label: str
    title: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentCar:
    """The car that a document is about; `url` is "" while no published list has the car."""

    car_number: str
    race_class_name: str
    style_key: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentFileFacts:
    """An uploaded file: `size` in bytes, `size_text` for people."""

    name: str
    content_type: str
    size: int
    size_text: str
    sha256: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionReading:
    """A decision as its document tells it, in words; what is not on record is "". `fact_at` is track time, or None."""

    number: str
    car_number: str
    competitor: str
    session_name: str
    fact_at: datetime | None
    fact: str
    offence: str
    effects: str
    reason: str
    status: str
    status_label: str
    amended_because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentLine:
    """A document in short.

    `number` is None outside the numbering. `published_at` is track time with `zone` as it is called there, None unless
    the minute is on record; `published_text` says the moment as precisely as it is, `published_machine` is the same for
    `<time>`. `state` is a state of the pill component, "" when nothing happened to the document since.
    """

    pk: int
    number: int | None
    address: str
    url: str
    kind: str
    kind_label: str
    title: str
    session: str
    session_name: str
    car: DocumentCar | None
    language: str
    language_label: str
    file: DocumentFileFacts | None
    decision: DecisionReading | None
    moment: datetime
    published_at: datetime | None
    zone: str
    published_precision: str
    published_text: str
    published_machine: str
    state: str
    state_label: str
    amends: DocumentLink | None
    amended_by: tuple[DocumentLink, ...]
    from_archive: bool
    source: str

    @property
    def label(self) -> str:
        return label_of(self.number)


def label_of(number: int | None) -> str:
    return f"Document {number}" if number else "Number not on record"


def board_scope(event: Event) -> BoardScope:
    """The board of an event that was fetched with its season."""
    return BoardScope(
        season=event.season.slug, season_label=event.season.label, event=event.slug, event_name=event.name
    )


def for_lines(documents: QuerySet[Document]) -> QuerySet[Document]:
    """These documents with all that their lines say, but never the content of their files; two queries."""
    amending = Prefetch("amended_by", queryset=Document.objects.published().order_by("pk"), to_attr="amending")
    return (
        documents.select_related(
            "session", "event_entry__entry__race_class__season", "classification__state", "amends", "file"
        )
        .defer("file__content")
        .prefetch_related(amending)
    )


def document_lines(rows: Sequence[Document], event: Event) -> tuple[DocumentLine, ...]:
    """Shape documents of an event that were fetched with `for_lines`; one query for the cars that have a page."""
    listed = listed_entries(rows)
    return tuple(document_line(row, event, listed) for row in rows)


def listed_entries(rows: Sequence[Document]) -> frozenset[int]:
    """Of the cars that these documents are about those that stand on a published list: only they are linked."""
    cars = {row.event_entry.entry_id for row in rows if row.event_entry}
    if not cars:
        return frozenset()
    return frozenset(EntryListLine.objects.published().filter(entry__in=cars).values_list("entry", flat=True))


def document_line(row: Document, event: Event, listed: Collection[int]) -> DocumentLine:
    scope = board_scope(event)
    text, machine = published_words(row.published_at, row.published_precision)
    at_track = row.published_at.astimezone(event.zone)
    is_timed = row.published_precision == Precision.MINUTE
    told = from_text(row.body) if row.body else None
    state, state_label = _state(row, told)
    return DocumentLine(
        pk=row.pk,
        number=row.number,
        address=row.address,
        url=scope.url("document", row.address),
        kind=row.kind,
        kind_label=row.get_kind_display(),
        title=row.title,
        session=row.session.slug if row.session else "",
        session_name=row.session.name if row.session else "",
        car=_car(row, told, listed),
        language=row.language,
        language_label=row.get_language_display(),
        file=_file(row, scope),
        decision=reading(told) if told else None,
        moment=row.published_at,
        published_at=at_track if is_timed else None,
        zone=zone_label(at_track) if is_timed else "",
        published_precision=row.published_precision,
        published_text=text,
        published_machine=machine,
        state=state,
        state_label=state_label,
        amends=_link(row.amends, scope) if row.amends else None,
        amended_by=tuple(_link(one, scope) for one in row.amending),
        from_archive=row.from_archive,
        source=row.source,
    )


def reading(told: DecisionText) -> DecisionReading:
    """The text of a decision's document in words."""
    return DecisionReading(
        number=told.number,
        car_number=told.car_number,
        competitor=told.competitor,
        session_name=told.session,
        fact_at=datetime.fromisoformat(told.fact_at) if told.fact_at else None,
        fact=told.fact,
        offence=told.offence,
        effects=effects_in_words(told.effects),
        reason=told.reason,
        status=told.status,
        status_label=Decision.Status(told.status).label,
        amended_because=told.amended_because,
    )


def _state(row: Document, told: DecisionText | None) -> tuple[str, str]:
    """What happened to the document, or to what it is about, by now."""
    if row.classification and _is_recalled(row):
        return "cancelled", "Recalled"
    if row.amending:
        return "neutral", "Amended"
    if told and told.status == Decision.Status.WITHDRAWN:
        return "withdrawn", "Withdrawn"
    return "", ""


def _is_recalled(row: Document) -> bool:
    recalled_at = row.classification.state.recalled_at
    return recalled_at is not None and recalled_at <= clock.now()


def _car(row: Document, told: DecisionText | None, listed: Collection[int]) -> DocumentCar | None:
    if row.event_entry is None:
        return None
    entry = row.event_entry.entry
    url = reverse("entry", args=[entry.race_class.season.slug, entry.car_number]) if entry.pk in listed else ""
    return DocumentCar(
        car_number=told.car_number if told else entry.car_number,
        race_class_name=entry.race_class.name,
        style_key=entry.race_class.style_key,
        url=url,
    )


def _file(row: Document, scope: BoardScope) -> DocumentFileFacts | None:
    file = getattr(row, "file", None)
    if file is None:
        return None
    return DocumentFileFacts(
        name=file.name,
        content_type=file.content_type,
        size=file.size,
        size_text=filesizeformat(file.size),
        sha256=file.sha256,
        url=scope.url("document_file", row.address, file.sha256[:HASH_IN_ADDRESS]),
    )


def _link(row: Document, scope: BoardScope) -> DocumentLink:
    url = scope.url("document", row.address)
    return DocumentLink(number=row.number, label=label_of(row.number), title=row.title, url=url)


def of_address(address: str) -> Q | None:
    """The document at this last part of an address, None when no document can have it."""
    if not address.isdigit():
        return Q(archive_slug=address) & ~Q(archive_slug="")
    return Q(number=int(address)) if str(int(address)) == address and len(address) < 6 else None
