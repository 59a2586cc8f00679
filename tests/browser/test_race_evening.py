"""A whole evening at the race desk: from the timing provider's file to the official list, by two people."""

from collections import defaultdict
from collections.abc import Mapping

import pytest
from django.conf import settings
from django.db.models import Model
from django.urls import reverse
from playwright.sync_api import Browser, Locator, Page

from championship.models import (
    AppliedDecision,
    Classification,
    ClassificationState,
    Decision,
    DecisionEffect,
    Document,
    Result,
    ResultDriver,
    Round,
    Score,
    Standing,
    StandingList,
)
from tests.browser.conftest import DESKTOP
from tests.championship.admin.posting import signed_in
from tests.season import packaged_record
from tests.timing_files import race_file

pytestmark = pytest.mark.django_db

RACE = ["2023-24", "abu-dhabi", "race-2"]
ADDRESS = f"/{'/'.join(RACE)}/"
MOST_INTERACTIONS = 12
Rows = Mapping[type[Model], list[Model]]
Table = list[tuple[int | None, int | None, object, object]]


def before_the_last_race(rows: Rows) -> dict[type[Model], list[Model]]:
    """The season with four rounds official, and nothing of the last."""
    last = next(row.pk for row in rows[Round] if row.number == 5)
    session = next(row.race_session_id for row in rows[Round] if row.number == 5)
    dropped = {row.pk for row in rows[Classification] if row.session_id == session}
    lines = {row.pk for row in rows[Result] if row.classification_id in dropped}
    lists = {row.pk for row in rows[StandingList] if row.round_id == last}
    left_out = {
        Classification: lambda row: row.pk in dropped,
        ClassificationState: lambda row: row.classification_id in dropped,
        AppliedDecision: lambda row: True,
        Decision: lambda row: True,
        DecisionEffect: lambda row: True,
        Document: lambda row: True,
        Result: lambda row: row.pk in lines,
        ResultDriver: lambda row: row.result_id in lines,
        Score: lambda row: row.classification_id in dropped,
        StandingList: lambda row: row.pk in lists,
        Standing: lambda row: row.standing_list_id in lists,
    }
    return {
        model: [row for row in of if model not in left_out or not left_out[model](row)] for model, of in rows.items()
    }


@pytest.fixture(scope="module")
def site_rows(season_rows):
    return before_the_last_race(season_rows)


@pytest.fixture
def tables(season_rows) -> dict[str, dict[int, Table]]:
    """The tables after the last race by its status and title, as the packaged season has them."""
    last = next(row.pk for row in season_rows[Round] if row.number == 5)
    lists = [row for row in season_rows[StandingList] if row.round_id == last and row.basis == "all"]
    newest = max(row.version for row in lists)
    lines = defaultdict(list)
    for row in season_rows[Standing]:
        lines[row.standing_list_id].append((row.entry_id, row.driver_id, row.position, row.points))
    found: dict[str, dict[int, Table]] = {"provisional": {}, "official": {}}
    for row in sorted(lists, key=lambda row: row.version):
        if row.version == 1:
            found["provisional"][row.title_id] = lines[row.pk]
        found["official"][row.title_id] = lines[row.pk]
    assert newest > 1
    return found


def tables_now() -> dict[int, Table]:
    found = {}
    for one in StandingList.objects.filter(round__number=5, basis="all").order_by("version"):
        found[one.title_id] = list(one.standings.values_list("entry_id", "driver_id", "position", "points"))
    return found


class Person:
    """Somebody at the desk, in a browser of his or her own; `interactions` counts what the hands do."""

    def __init__(self, browser: Browser, site: str, name: str, role: str) -> None:
        self.site = site
        self.page: Page = browser.new_context(viewport=DESKTOP).new_page()
        cookie = signed_in(name, role).cookies[settings.SESSION_COOKIE_NAME].value
        self.page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": site}])
        self.interactions = 0

    def opens_the_desk(self) -> None:
        self.page.goto(self.site + reverse("admin:desk", args=RACE))
        self.interactions += 1

    def clicks(self, what: Locator) -> None:
        with self.page.expect_navigation():
            what.click()
        self.interactions += 1

    def follows(self, link: str) -> None:
        self.clicks(self.page.locator("#content-main").get_by_role("link", name=link).first)

    def presses(self, button: str) -> None:
        self.clicks(self.page.locator("#content-main").get_by_role("button", name=button).first)

    def types(self, label: str, text: str) -> None:
        self.page.locator("#content-main").get_by_label(label, exact=True).first.fill(text)
        self.interactions += 1

    def chooses_file(self, content: bytes) -> None:
        file = {"name": "03_Results_Race 2_Hour 4.CSV", "mimeType": "text/csv", "buffer": content}
        self.page.set_input_files("[name=file]", file)
        self.interactions += 1

    @property
    def text(self) -> str:
        return self.page.inner_text("#content-main")

    def publishes(self, reason: str = "Seen, and right") -> None:
        """Whatever the desk's own button says it will do."""
        self.clicks(self.page.locator(".desk-publish a.desk-button"))
        if self.page.locator("[name=warnings_reason]").count():
            self.page.fill("[name=warnings_reason]", reason)
            self.interactions += 1
        self.clicks(self.page.locator("#content-main button.desk-button"))

    def decides(self, car: str, reason: str, effects: list[tuple[str, str, str]]) -> None:
        """Enter a decision of (kind, label of the amount, amount) and put it on the notice board."""
        self.opens_the_desk()
        self.follows("Enter a decision")
        self.types("Car", car)
        self.types("Reason", reason)
        for number, (kind, field, amount) in enumerate(effects):
            if number:
                self.page.get_by_role("button", name="Add another effect").click()
            self.page.select_option(f"[name=effects-{number}-kind]", kind)
            self.page.fill(f"[name=effects-{number}-{field}]", amount)
        self.presses("Save the decision")
        self.follows("Publish as document")
        self.presses("Publish as document")


def newest() -> Classification:
    return Classification.objects.filter(session__event__slug=RACE[1], session__slug=RACE[2]).latest("version")


def test_an_evening_from_the_file_to_the_official_list(browser, site, tables):
    timekeeper = Person(browser, site, "timekeeper", "Timekeeper")
    steward = Person(browser, site, "steward", "Stewards' secretary")
    fan = browser.new_context(viewport=DESKTOP).new_page()

    # The file becomes a draft.
    timekeeper.opens_the_desk()
    timekeeper.follows("Import the timing file")
    timekeeper.chooses_file(race_file(RACE[1], RACE[2]))
    timekeeper.presses("Show what it would change")
    assert "40 cars" in timekeeper.text
    timekeeper.presses("Write the first draft")
    assert fan.request.get(site + ADDRESS).text().count("Provisional") == 0

    # Somebody else looks at the list and its consequences, and signs it by publishing.
    steward.opens_the_desk()
    steward.publishes()
    from_file = timekeeper.interactions + steward.interactions
    print(f"{from_file} interactions from the file to the provisional list, of at most {MOST_INTERACTIONS}")
    assert from_file <= MOST_INTERACTIONS
    first = newest()
    assert (first.version, first.status, first.author.username, first.checker.username) == (
        1,
        "provisional",
        "timekeeper",
        "steward",
    )
    assert tables_now() == tables["provisional"]
    assert f"Document {first.document_number}" in fan.request.get(f"{site}/feeds/documents.atom").text()
    assert "provisional" in fan.request.get(f"{site}/feeds/results.atom").text()

    # A penalty after the flag.
    lap_and_second = [("laps_removed", "laps", "1"), ("time_added", "time", "1.000")]
    steward.decides("24", "A driver fell short of the minimum driving time", lap_and_second)
    timekeeper.opens_the_desk()
    assert "provisional v2" in timekeeper.page.inner_text(".desk-publish")
    timekeeper.publishes()
    second = newest()
    assert (second.version, second.status, second.checker.username) == (2, "provisional", "timekeeper")
    moved = second.results.get(car_number="24")
    assert (moved.laps, moved.total_time) == (89, first.results.get(car_number="24").total_time + 1_000)
    assert fan.request.get(f"{site}{ADDRESS}v1/").ok

    # Two more, and then it is official.
    steward.decides("3", "A driver fell short of the minimum driving time", [("time_added", "time", "1:05.000")])
    steward.decides("19", "A driver exceeded the maximum driving time", [("time_added", "time", "1:46.000")])
    timekeeper.opens_the_desk()
    timekeeper.follows("Check the draft")
    timekeeper.presses("Sign")
    steward.opens_the_desk()
    steward.clicks(steward.page.locator(".desk-publish a.desk-button"))
    steward.follows("Publish as official")
    if steward.page.locator("[name=warnings_reason]").count():
        steward.page.fill("[name=warnings_reason]", "Seen, and right")
    steward.clicks(steward.page.locator("#content-main button.desk-button"))
    third = newest()
    assert (third.version, third.status) == (3, "official")
    assert tables_now() == tables["official"]
    told = {row.decision.slug for row in third.applied.all()}
    assert told == {row.slug for row in packaged_record().decisions}
    feed = fan.request.get(f"{site}/feeds/results.atom").text()
    assert "official" in feed.partition("</entry>")[0]
    fan.goto(site + ADDRESS)
    assert "Official" in fan.inner_text("main")
    numbers = Document.objects.filter(event__slug=RACE[1]).order_by("number").values_list("number", flat=True)
    assert list(numbers) == list(range(1, len(numbers) + 1))
