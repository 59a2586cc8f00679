"""Nothing leaks before it is published: canaries in everything that officials prepare, and every public address."""

import hashlib
import re
from datetime import UTC, date, datetime

import pytest
from django.test import Client

from championship.models import (
    ClassificationDraft,
    CrewMember,
    DriverAlias,
    Entry,
    Event,
    EventEntry,
    Picture,
    Season,
    SeasonCrewMember,
    TeamAlias,
)
from championship.services.documents import publish_decision
from tests import factories as make
from tests import result_factories as results
from tests.addresses import public_addresses
from tests.document_factories import make_pdf, make_upload, publish_file
from tests.news_canaries import write_drafts, write_stories

CANARY = "zyzzyva"
# What nobody ever publishes.
DRAFTED = "quagga"
PLATE = "987Q"
# The packaged season before its first list, between its lists, in a race, and long after it.
MOMENTS = [
    datetime(2023, 10, 1, tzinfo=UTC),
    datetime(2023, 11, 10, tzinfo=UTC),
    datetime(2024, 2, 4, 10, tzinfo=UTC),
    datetime(2030, 10, 31, tzinfo=UTC),
]
AFTER_PUBLICATION = datetime(2030, 11, 2, tzinfo=UTC)
# Stories and pages at their addresses: what is scheduled and under embargo appears with the rest, the others never do.
SCHEDULED_STORIES = {"/news/zyzzyva-scheduled/", "/news/zyzzyva-held/", "/zyzzyva-page/"}
HIDDEN_STORIES = {
    *("/news/quagga-draft/", "/news/quagga-archived/", "/news/quagga-once/", "/news/quagga-later/"),
    *("/quagga-draft-page/", "/quagga-once-page/", "/quagga-later-page/"),
}

DRAFTED_FILE = f"/2023-24/dubai/documents/3/{hashlib.sha256(make_pdf('Quagga bulletin dubai')).hexdigest()[:16]}.pdf"

# Where the canaries would stand. Searches ask for an alias by a word that is not the canary, since pages repeat what
# was asked for.
OWN_ADDRESSES = [
    "/teams/zyzzyva-racing/",
    "/drivers/zyzzyva-driver/",
    "/drivers/zyzzyva-saved-only/",
    "/cars/zyzzyva-model/",
    f"/2023-24/entries/{PLATE}/",
    "/2023-24/entries/r2/",
    "/2023-24/dubai/entries/r2/",
    "/2023-24/entries/?q=otherspelling",
    "/2023-24/entries.csv?q=otherspelling",
    "/2023-24/entries.json?q=otherspelling",
    "/2023-24/entries/?team=x",
    "/2023-24/entries/?manufacturer=x",
    "/2023-24/dubai/entries/?team=x",
    "/2023-24/dubai/entries/changes/",
    "/2023-24/dubai/entries.csv",
    "/2023-24/dubai/entries.json",
    "/2023-24/dubai/",
    "/2023-24/dubai/race/",
    "/2023-24/dubai/race.csv",
    "/2023-24/dubai/race.json",
    "/2023-24/dubai/race/v1/",
    "/2023-24/dubai/race/v1.csv",
    "/2023-24/dubai/race/v1.json",
    "/2023-24/dubai/race/v2/",
    "/2023-24/dubai/race/v3/",
    "/2023-24/dubai/race/changes/",
    "/2023-24/dubai/race/decisions/zyzzyva-car/",
    "/2023-24/dubai/race/decisions/quagga-car/",
    "/2023-24/dubai/documents/",
    "/2023-24/dubai/documents.csv",
    "/2023-24/dubai/documents.json",
    "/2023-24/dubai/documents/1/",
    "/2023-24/dubai/documents/2/",
    f"/2023-24/dubai/documents/2/{hashlib.sha256(make_pdf('Zyzzyva bulletin dubai')).hexdigest()[:16]}.pdf",
    DRAFTED_FILE,
    "/2023-24/standings/lmp2-drivers/",
    "/2023-24/standings/lmp2-drivers.csv",
    "/2023-24/standings/lmp2-drivers.json",
    "/circuits/dubai/",
    *sorted(SCHEDULED_STORIES | HIDDEN_STORIES),
    "/news/zyzzyva-scheduled/share-0123456789abcdef.png",
    "/news/quagga-draft/share-0123456789abcdef.png",
    "/news/quagga-archived/share-0123456789abcdef.png",
    "/news/topic/zyzzyva-topic/",
    "/news/topic/quagga-topic/",
    "/news/public-story/",
    "/public-page/",
]
# Pictures, in which no search finds a letter: they are there or they are not.
SHARED = {address for address in OWN_ADDRESSES if address.endswith(".png")}
NEVER_PUBLISHED = "/drivers/zyzzyva-saved-only/"
DRAFTS = {
    *HIDDEN_STORIES,
    *SHARED,
    "/news/topic/quagga-topic/",
    DRAFTED_FILE,
    "/2023-24/dubai/race/v3/",
    "/2023-24/dubai/race/decisions/quagga-car/",
}
SHOWN_ONCE_PUBLISHED = {
    *(set(OWN_ADDRESSES) - {NEVER_PUBLISHED} - DRAFTS),
    "/",
    "/2023-24/",
    "/2023-24/entries/",
    "/2023-24/entries.csv",
    "/2023-24/entries.json",
    "/2023-24/entries/changes/",
    "/2023-24/entries/99/",
    "/teams/",
    "/drivers/",
    "/cars/",
    "/sitemap.xml",
    "/news/",
    "/feeds/news.atom",
    "/2023-24/dubai/",
    "/2023-24/results/",
    "/2023-24/standings/",
    "/2023-24/standings/lmp2-teams/",
    "/corrections/",
    "/feeds/documents.atom",
}


@pytest.fixture
def canaries(real_season, settings) -> Season:
    """What officials have typed and not published, and lists of it that the site's future will publish."""
    event = Event.objects.get(season=real_season, slug="dubai")
    team = make.make_team("zyzzyva-racing", country="CH")
    TeamAlias.objects.create(team=team, name="Zyzzyva Otherspelling")
    driver = make.make_driver("zyzzyva-driver")
    DriverAlias.objects.create(driver=driver, name="Zyzzyva Alias")
    make.make_driver("zyzzyva-saved-only")
    model = make.make_car_model("zyzzyva-model")
    race_class = real_season.race_classes.get(slug="lmp2")
    entry = make.make_entry(race_class, PLATE, team=team, car_model=model)
    event_entry = make.make_event_entry(event, entry, listed_name="Zyzzyva at Dubai")
    for model_of_seat, parent in ((SeasonCrewMember, {"entry": entry}), (CrewMember, {"event_entry": event_entry})):
        model_of_seat.objects.create(**parent, seat=1, driver=driver, rating="gold", nationality="FR")
    withdrawn = {"status": "withdrawn", "withdrawn_on": date(2024, 1, 1), "withdrawal_reason": "Zyzzyva reason"}
    Entry.objects.filter(season=real_season, car_number="99").update(**withdrawn)
    EventEntry.objects.filter(event=event, entry__car_number="99").update(**withdrawn)
    make.publish_list(real_season)
    make.publish_list(real_season, event)
    race = real_season.rounds.get(number=3)
    results.make_pole(race, PLATE, driver, lap_time=108_873)
    words = {"fact": "Zyzzyva fact", "offence": "Zyzzyva offence", "reason": "Zyzzyva reason"}
    effect = {"kind": "time_added", "time": 1_000}
    decision = results.make_decision(race.race_session, PLATE, effect, slug="zyzzyva-car", **words)
    settings.SITE_NOW = datetime(2030, 11, 1, tzinfo=UTC)
    publish_decision(decision, by=make.make_user())
    publish_file(event, "Zyzzyva bulletin")
    make_upload(event, "Quagga bulletin", session=race.race_session, event_entry=event_entry)
    decision.refresh_from_db()
    for hour, decisions in ((12, ()), (13, [decision])):
        at = datetime(2030, 11, 1, hour, tzinfo=UTC)
        results.publish_results(race, [PLATE, "4"], at=at, decisions=decisions, cause="Zyzzyva cause")
    results.make_decision(race.race_session, PLATE, effect, slug="quagga-car", number="Quagga", reason="Quagga reason")
    ClassificationDraft.objects.create(session=race.race_session, lines="[]", cause="Quagga cause", source="Quagga")
    write_stories(real_season, event, entry, driver)
    return real_season


def answers(client: Client) -> dict[str, str]:
    """What every public address and the canaries' own ones answer, headers included; no answer is a server error."""
    found = {}
    for address in dict.fromkeys([*(address.path for address in public_addresses()), *OWN_ADDRESSES]):
        response = client.get(address)
        assert response.status_code < 500
        headers = "\n".join(f"{name}: {value}" for name, value in response.items())
        found[address] = f"{headers}\n{response.getvalue().decode(errors='replace')}"
    return found


def leaks(found: dict[str, str]) -> set[str]:
    """The addresses whose answers hold a canary."""
    marks = (CANARY, PLATE.casefold())
    return {address for address, answer in found.items() if any(mark in answer.casefold() for mark in marks)}


def drafts(found: dict[str, str]) -> set[str]:
    """The addresses whose answers hold what is a draft only, or a decision that no published version applies."""
    return {address for address, answer in found.items() if DRAFTED in answer.casefold()}


def sent_pictures(client: Client) -> set[str]:
    """The titles of the pictures whose files are sent, of all that the library has."""
    found = set()
    for picture in Picture.objects.all():
        answer = client.get(f"/pictures/{picture.name}-160.jpg")
        assert answer.status_code in (200, 404)
        if answer.status_code == 200:
            found.add(picture.title)
    return found


def shared(found: dict[str, str]) -> set[str]:
    """The pictures of the canaries' stories that are there."""
    return {address for address in SHARED if "Content-Type: image/png" in found[address]}


def linked(found: dict[str, str]) -> set[str]:
    """The teams, drivers, models of car and cars that the answers link to."""
    pattern = re.compile(r'href="(/(?:teams|drivers|cars)/[a-z0-9-]+/|/2023-24/entries/[0-9]\w*/)"')
    return {link for answer in found.values() for link in pattern.findall(answer)}


def listed(found: dict[str, str]) -> set[str]:
    """The pages that the sitemap names; its own test asks for each of them."""
    return set(re.findall(r"<loc>http://testserver(.*?)</loc>", found["/sitemap.xml"]))


@pytest.mark.parametrize("moment", MOMENTS, ids=lambda moment: f"{moment:%Y-%m-%d}")
def test_no_public_address_tells_or_links_to_what_is_not_published(client, canaries, settings, moment):
    settings.SITE_NOW = moment
    found = answers(client)
    assert leaks(found) == set()
    assert drafts(found) == set()
    assert linked(found) - listed(found) == set()
    assert bool(linked(found)) == (moment != MOMENTS[0])
    assert shared(found) == set()
    assert sent_pictures(client) == {"Public lead", "Public inside"}
    print(f"{len(found)} addresses at {moment:%Y-%m-%d}")


def test_the_same_addresses_tell_it_once_it_is_published(client, canaries, settings):
    settings.SITE_NOW = AFTER_PUBLICATION
    found = answers(client)
    assert SHOWN_ONCE_PUBLISHED - leaks(found) == set()
    assert NEVER_PUBLISHED not in leaks(found)
    assert drafts(found) == set()
    assert shared(found) == {"/news/zyzzyva-scheduled/share-0123456789abcdef.png"}
    assert {title.partition(" ")[0] for title in sent_pictures(client)} == {"Public", "Zyzzyva"}
    assert sent_pictures(client) == set(
        Picture.objects.exclude(title__startswith="Quagga").values_list("title", flat=True)
    )
    assert {"/teams/zyzzyva-racing/", "/drivers/zyzzyva-driver/", "/cars/zyzzyva-model/"} <= linked(found)
    assert linked(found) - listed(found) == set()


# What is hidden, and the same of nothing at all: whoever asks must not learn that there is something.
TWINS = {
    "/news/quagga-draft/": "/news/nobody-wrote/",
    "/news/quagga-in-review/": "/news/nobody-wrote-this/",
    "/news/quagga-archived/": "/news/nobody-wrote-it/",
    "/news/zyzzyva-scheduled/": "/news/nobody-wrote-that/",
    "/news/quagga-draft/share-0123456789abcdef.png": "/news/nobody-wrote/share-0123456789abcdef.png",
    "/news/topic/quagga-topic/": "/news/topic/no-such-topic/",
    "/quagga-draft-page/": "/nobody-wrote-page/",
}


def test_what_is_hidden_answers_as_what_was_never_there(client, canaries, settings):
    settings.SITE_NOW = MOMENTS[2]
    hidden = Picture.objects.get(title="Quagga draft lead").name
    twins = TWINS | {f"/pictures/{hidden}-lead-160.avif": f"/pictures/{'a' * 26}-lead-160.avif"}
    for address, twin in twins.items():
        seen, other = client.get(address), client.get(twin)
        assert seen.status_code == other.status_code == 404
        # The page repeats the address, and an ETag is that of the content.
        assert seen.content.decode().replace(address, "") == other.content.decode().replace(twin, ""), address
        headers = {name: value for name, value in seen.items() if name not in ("Content-Length", "ETag")}
        assert headers == {name: value for name, value in other.items() if name in headers}, address


def without_stamps(found: dict[str, str]) -> dict[str, str]:
    """The same without the stamp, which counts changes of whatever kind, the hashes of it, and the real clock."""
    unlike = re.compile(r"classes-\d+\.css|share-\d+\.png|(ETag|Expires): .*")
    return {address: unlike.sub("", answer) for address, answer in found.items()}


def test_drafts_change_no_public_answer(client, canaries, settings):
    settings.SITE_NOW = MOMENTS[2]
    before = without_stamps(answers(client))
    write_drafts(Season.objects.get().events.all(), "Quagga once more")
    after = without_stamps(answers(client))
    assert [address for address in before if before[address] != after[address]] == []
