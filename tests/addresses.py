"""Every named address of the site, one real example for each pattern of the URLconf."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from championship.models import Document, Event, Season, Team, TimingImport
from championship.rules.pictures import PictureFile
from news.models import Story, StoryPreview
from news.record import NewsRecord, read_folder, read_news
from news.services.load_news import load_news
from news.services.publishing import hash_of, make_preview
from tests.document_factories import make_pdf, make_upload, publish_file
from tests.news_factories import make_partner, make_topic, publish_story

SAMPLES: dict[str, Any] = {
    "season": "2023-24",
    "event": "sepang",
    "session": "race-1",
    "car_number": "99",
    "revision": 1,
    "title": "lmp2-teams",
    "stamp": 1,
    "version": 1,
    "address": "1",
    "digest": hashlib.sha256(make_pdf("Bulletin 1 sepang")).hexdigest()[:16],
    # The season comes without pictures.
    "file": PictureFile(name="a" * 26, crop="", width=640, format="jpg"),
    "content": "0123456789abcdef",
    "secret": "of-a-preview-that-nobody-made",
}
SLUGS = {
    "team": "tf-sport",
    "driver": "louis-deletraz",
    "car_model": "oreca-07",
    "circuit": "sepang",
    **dict.fromkeys(("decision", "admin:desk_decision", "admin:desk_decision_publish"), "car-24"),
    "story": "sepang-is-back",
    "story_share": "sepang-is-back",
    "topic": "race-reports",
    "page": "guide",
}
# The other pages that editors wrote, by slug: more examples of the one pattern.
OTHER_PAGES = ("tickets", "press", "about", "contact", "accessibility", "privacy")
# The last race of the season is the one with decisions, and with a version that is not the newest.
LAST_RACE = {"event": "abu-dhabi", "session": "race-2"}
ELSEWHERE: dict[str, dict[str, Any]] = {
    **dict.fromkeys(("decision", "classification_changes", "classification_version"), LAST_RACE),
    **dict.fromkeys(("admin:desk_decision", "admin:desk_decision_publish"), LAST_RACE),
    **dict.fromkeys(("documents", "documents_csv", "documents_json"), LAST_RACE),
    "document": {**LAST_RACE, "address": "archive-race-2-car-24"},
}
# Pages of timing files, by what the file is for.
STAGED = {"admin:desk_import_review": "results", "admin:desk_entries_import_review": "entries"}
# Links that come by mail, as they are once they are over.
ACCOUNTS: dict[str, dict[str, Any]] = {
    "account_invitation": {"token": "over"},
    "mfa_remove_webauthn": {"pk": 1},
    "password_reset_confirm": {"uidb64": "MQ", "token": "over"},
}


def publish_sample_file() -> None:
    """The document whose file is the example, and a draft beside it: no season of the record has an upload."""
    event = Event.objects.select_related("season").get(season__slug=SAMPLES["season"], slug=SAMPLES["event"])
    publish_file(event)
    make_upload(event, "Bulletin 2")


class NamelessError(Exception):
    """A pattern of the URLconf without a name."""


@dataclass(frozen=True, slots=True)
class Address:
    name: str
    path: str

    @property
    def is_public(self) -> bool:
        return not self.path.startswith(settings.STAFF_PATH)


def publish_first_pages() -> None:
    """The pages that a new newsroom opens with, which are examples as well, and a partner."""
    record = read_news(read_folder(settings.BASE_DIR / "data" / "news"))
    load_news(NewsRecord(topics=(), stories=(), pages=record.pages))
    make_partner()


def publish_sample_story() -> None:
    """The story at the example's address, with every kind of block, and its preview."""
    season = Season.objects.get(slug=SAMPLES["season"])
    blocks = {
        "result": "2023-24/sepang/race-1",
        "standings": "2023-24/lmp2-teams",
        "chart": "2023-24/gt-teams",
        "plate": "2023-24/99",
        "event": "2023-24/sepang",
    }
    figures = (f'<figure data-block="{kind}" data-ref="{reference}"></figure>' for kind, reference in blocks.items())
    story = publish_story(
        headline="Sepang is back",
        body=f"<p>At length.</p>{''.join(figures)}",
        topic=make_topic(SLUGS["topic"]),
        links={
            "events": season.events.filter(slug=SAMPLES["event"]),
            "entries": season.entries.filter(car_number="99"),
        },
        at=datetime(2024, 2, 12, 8, tzinfo=UTC),
    )
    preview, _ = make_preview(story, by=None, days=36_500)
    StoryPreview.objects.filter(pk=preview.pk).update(secret_hash=hash_of(SAMPLES["secret"]))


def addresses(*areas: str) -> list[Address]:
    """An address for every named pattern, or for those whose names begin with one of `areas`.

    The database holds the season 2023/24 and at least one account.

    Raises KeyError for a pattern whose argument has no example here: add one, so that it is not left out of the
    tests. The admin's unnamed patterns only redirect to named ones.
    """
    found = {_example(name, pattern) for name, pattern, _ in _patterns(get_resolver()) if name.startswith(areas or "")}
    return sorted(found, key=lambda address: (not address.is_public, address.name))


def public_addresses() -> list[Address]:
    """The same without the officials' side; it asks the database for nothing."""
    found = {_example(name, pattern) for name, pattern, is_staff in _patterns(get_resolver()) if not is_staff}
    return sorted(found, key=lambda address: address.name)


def _example(name: str, pattern: URLPattern) -> Address:
    regex = pattern.pattern.regex
    if regex.groups and not regex.groupindex:
        # The pages of a row's history name neither the row nor the moment.
        args = [_sample(name, key) for key in ("object_id", "history_id")[: regex.groups]]
        return Address(name, reverse(name, args=args))
    return Address(name, reverse(name, kwargs={key: _sample(name, key) for key in regex.groupindex}))


def _patterns(
    resolver: URLResolver, namespace: str = "", is_staff: bool = False
) -> Iterator[tuple[str, URLPattern, bool]]:
    """(name, pattern, whether it lies on the officials' side) of each."""
    for part in resolver.url_patterns:
        if isinstance(part, URLResolver):
            below = is_staff or f"/{part.pattern}".startswith(settings.STAFF_PATH)
            yield from _patterns(part, f"{part.namespace}:" if part.namespace else namespace, below)
        elif part.name:
            yield namespace + part.name, part, is_staff
        elif namespace != "admin:":
            raise NamelessError(f"{part.pattern} has no name, so no test would ever ask it. Name it.")


def _sample(name: str, key: str) -> Any:
    if name in ACCOUNTS or name.startswith("admin:newsroom"):
        return ACCOUNTS[name][key] if name in ACCOUNTS else _sample_of_the_newsroom(key)
    if not name.startswith("admin:") or name.startswith("admin:desk"):
        return _sample_of_the_sport(name, key)
    if key in ("app_label", "file"):
        return {"app_label": "auth", "file": SAMPLES["file"]}[key]
    if key == "content_type_id":
        return ContentType.objects.get_for_model(Team).pk
    instance = _admin_row(name)
    if key == "history_id":
        instance.save()
        return instance.history.first().history_id
    return instance.pk


def _sample_of_the_newsroom(key: str) -> int:
    """The example's story, its first edition, its preview."""
    story = Story.objects.get(slug=SLUGS["story"])
    return {"story": story.pk, "number": 1, "preview": story.previews.values_list("pk", flat=True).first()}[key]


def _uploaded(name: str) -> Model:
    """The draft of a document, or the timing file, that a page of the desk is about."""
    if name in STAGED:
        return TimingImport.objects.get(purpose=STAGED[name])
    return Document.objects.drafts().get()


def _sample_of_the_sport(name: str, key: str) -> Any:
    """What an address of a public page or of the desk names."""
    if key == "document" or (key == "pk" and name in STAGED):
        return _uploaded(name).pk
    return SLUGS[name] if key == "slug" else ELSEWHERE.get(name, SAMPLES).get(key, SAMPLES[key])


def _admin_row(name: str) -> Model:
    """The first row of the model that the name of an admin address begins with: `admin:championship_team_change`."""
    words = name.removeprefix("admin:")
    for model in apps.get_models():
        if words.startswith(f"{model._meta.app_label}_{model._meta.model_name}_"):
            return _rows(model).order_by("pk").first() or model()
    return Team.objects.order_by("pk").first()


def _rows(model: type[Model]) -> Any:
    """The rows that the admin shows: the default manager of stories finds pages, too."""
    return getattr(model, "objects", model._default_manager)
