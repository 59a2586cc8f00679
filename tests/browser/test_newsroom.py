"""The newsroom in a real browser: the button follows the time that is typed, and readers see what it said."""

from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings as django_settings
from django.contrib.auth.models import Group
from django.test import Client
from playwright.sync_api import Page, expect

from championship.models import Session
from championship.services import drafts
from championship.services import publishing as results
from news.services import publishing, stories
from tests import factories as make
from tests.browser.conftest import DESKTOP, PHONE
from tests.news_factories import make_story
from tests.result_factories import make_decision

pytestmark = pytest.mark.django_db

# Between the last race and the day after it.
NOW = datetime(2024, 2, 12, 12, tzinfo=UTC)
NEWSROOM = "/admin/newsroom/"
FIGURE = '<figure data-block="{}" data-ref="{}"></figure>'


@pytest.fixture
def now(settings):
    settings.SITE_NOW = NOW
    return settings


@pytest.fixture
def chief(site):
    """The cookie of a chief editor."""
    user = make.make_user("chief")
    user.groups.set(Group.objects.filter(name="Chief editor"))
    client = Client()
    client.force_login(user)
    name = django_settings.SESSION_COOKIE_NAME
    return {"name": name, "value": client.cookies[name].value, "url": site}


@pytest.fixture
def open_in(browser, chief):
    """A function from a time zone to a page of a browser there, logged in."""
    contexts = []

    def opened(zone: str) -> Page:
        contexts.append(browser.new_context(timezone_id=zone, viewport=PHONE))
        contexts[-1].add_cookies([chief])
        return contexts[-1].new_page()

    yield opened
    for context in contexts:
        context.close()


@pytest.mark.parametrize(
    "where",
    [
        (
            "Europe/Paris",
            "Asia/Kuala_Lumpur",
            "Sat 17 Feb 09:00 MYT (02:00 CET)",
            datetime(2024, 2, 17, 1, tzinfo=UTC),
        ),
        (
            "America/Los_Angeles",
            "America/Los_Angeles",
            "Sat 17 Feb 09:00 PST (18:00 CET)",
            datetime(2024, 2, 17, 17, tzinfo=UTC),
        ),
        (
            "Australia/Sydney",
            "Asia/Dubai",
            "Sat 17 Feb 09:00 GST (16:00 AEDT)",
            datetime(2024, 2, 17, 5, tzinfo=UTC),
        ),
    ],
)
def test_a_story_is_scheduled_in_another_zone_and_appears_at_that_moment(site, open_in, now, where):
    browser_zone, clock, words, at = where
    story = make_story("The teams pack")
    page = open_in(browser_zone)
    page.goto(f"{site}{NEWSROOM}{story.pk}/publish/")
    button = page.locator("button[name=promise]")
    expect(button).to_have_text("Publish now")
    page.select_option("[name=zone]", clock)
    page.fill("[name=day]", "2024-02-17")
    expect(button).to_have_text("Choose another time")
    page.fill("[name=time]", "09:00")
    expect(button).to_have_text(f"Schedule for {words}")
    button.click()
    expect(page.locator(".messagelist")).to_contain_text(f"“The teams pack” appears by itself {words}")
    story.refresh_from_db()
    assert story.publish_at == at
    now.SITE_NOW = at - timedelta(seconds=1)
    assert page.request.get(f"{site}/news/the-teams-pack/").status == 404
    page.goto(f"{site}/news/")
    expect(page.get_by_role("link", name="The teams pack")).to_have_count(0)
    now.SITE_NOW = at
    # The clock stands still for the site, and not for the browser's cache.
    page.reload()
    page.get_by_role("link", name="The teams pack").click()
    expect(page.locator("h1")).to_have_text("The teams pack")


@pytest.mark.usefixtures("now")
def test_without_scripts_the_button_says_it_after_the_first_press(browser, chief, site):
    story = make_story()
    context = browser.new_context(java_script_enabled=False)
    context.add_cookies([chief])
    page = context.new_page()
    page.goto(f"{site}{NEWSROOM}{story.pk}/publish/")
    page.fill("[name=day]", "2024-02-17")
    page.fill("[name=time]", "09:00")
    page.select_option("[name=zone]", "UTC")
    page.get_by_role("button", name="Publish now").click()
    expect(page.locator(".errornote")).to_contain_text("so nothing is done yet")
    page.get_by_role("button", name="Schedule for Sat 17 Feb 09:00 UTC (10:00 CET)").click()
    expect(page.locator(".messagelist")).to_contain_text("appears by itself Sat 17 Feb 09:00 UTC (10:00 CET)")
    context.close()


def amend(session: Session) -> None:
    """The next version of a result: car 99 loses a lap."""
    steward = make.make_user("stella", is_superuser=True)
    make_decision(session, "99", {"kind": "laps_removed", "laps": 1}, reason="Driving time")
    draft = drafts.revise(session=session, by=steward, cause="Decision 12")
    results.publish_official(
        draft,
        seen=results.preview(draft, "official").fingerprint,
        by=steward,
        single_signed_reason="Alone",
        warnings_reason="Known",
    )


def test_an_amended_result_is_told_to_readers_and_to_editors_who_say_that_the_story_holds(site, open_in, now):
    session = Session.objects.get(event__slug="dubai", kind="race")
    story = make_story("Dubai in figures", body=FIGURE.format("result", "2023-24/dubai/race"))
    publishing.publish(story, by=None, seen_version=story.version)
    page = open_in("Europe/Paris")
    page.goto(f"{site}/news/dubai-in-figures/")
    expect(page.locator(".block-amended")).to_have_count(0)
    now.SITE_NOW = NOW + timedelta(hours=7, minutes=10)
    amend(session)
    page.reload()
    expect(page.locator(".block-amended")).to_contain_text("Amended 12 February 2024, 19:10 UTC")
    page.goto(site + NEWSROOM)
    look = page.locator(".newsroom-look").filter(has_text="Dubai in figures")
    expect(look).to_contain_text("v2 was published")
    expect(look).to_contain_text("Mon 12 Feb, 19:10 UTC")
    button = look.get_by_role("button", name="Still right")
    assert button.bounding_box()["height"] >= 44
    button.click()
    expect(page.locator(".messagelist")).to_contain_text("“Dubai in figures” still holds")
    expect(look).to_have_count(0)


@pytest.mark.usefixtures("now")
def test_a_link_for_an_outsider_is_copied(site, browser, chief):
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    context.add_cookies([chief])
    page = context.new_page()
    page.goto(f"{site}{NEWSROOM}{make_story().pk}/previews/")
    page.get_by_role("button", name="Make a link").click()
    page.get_by_role("button", name="Copy").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    address = page.evaluate("navigator.clipboard.readText()")
    assert address == page.input_value("#preview-address")
    page.goto(address)
    expect(page.locator("h1")).to_have_text("Sepang is back")
    context.close()


@pytest.fixture
def rows(now):
    """Something in every list; the first story is live with a newer draft."""
    sent, later, held = (
        make_story("Sent"),
        make_story("Later"),
        make_story("Held", embargo_until=NOW + timedelta(days=1)),
    )
    stories.submit(sent, by=None, seen_version=sent.version)
    publishing.publish(later, by=None, at=NOW + timedelta(days=2), seen_version=later.version)
    blocks = {"result": "2023-24/dubai/race", "standings": "2023-24/lmp2-teams", "plate": "2023-24/nobody"}
    body = "".join(FIGURE.format(kind, reference) for kind, reference in blocks.items())
    session = Session.objects.get(event__slug="dubai", kind="race")
    links = {"sessions": [session], "events": [session.event]}
    story = make_story("Dubai wins", body=f"<p>At length</p><ul><li>One</li></ul>{body}", links=links)
    publishing.publish(story, by=None, seen_version=story.version)
    typed = {"headline": "Dubai won", "body": f"<h2>More</h2><p>At greater length</p>{body}"}
    stories.save(story, by=None, typed=typed, seen_version=story.version)
    now.SITE_NOW = NOW + timedelta(hours=1)
    amend(session)
    return story, sent, later, held


@pytest.fixture
def page_of_chief(page, chief):
    page.context.add_cookies([chief])
    return page


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=lambda size: f"{size['width']}px")
def test_the_pages_of_the_newsroom_have_no_violation_and_fit(page_of_chief, site, look, rows, size):
    story, sent, later, held = (row.pk for row in rows)
    page = page_of_chief
    page.set_viewport_size(size)
    pages = ["", "agenda/", f"{story}/publish/", f"{sent}/publish/", f"{later}/publish/", f"{held}/publish/"]
    pages += [f"{story}/{name}/" for name in ("archive", "editions", "editions/2", "compare", "previews")]
    found = {}
    for name in pages:
        assert page.goto(f"{site}{NEWSROOM}{name}").status == 200
        page.evaluate("for (const folded of document.querySelectorAll('#content-main details')) folded.open = true")
        found[name] = look(page)
    page.get_by_role("button", name="Make a link").click()
    found["a new link"] = look(page)
    page.goto(f"{site}{NEWSROOM}{story}/archive/")
    page.fill("[name=reason]", "Not true")
    row = rows[0]
    stories.save(row, by=None, typed={"headline": "Dubai once more"}, seen_version=row.version)
    page.get_by_role("button", name="Take the story down").click()
    expect(page.locator(".conflict")).to_contain_text("was faster")
    expect(page.locator("[name=reason]")).to_have_value("Not true")
    found["a conflict"] = look(page)
    assert found == {name: [] for name in found}
    print(f"{len(found)} pages x 2 themes at {size['width']} px")


@pytest.mark.usefixtures("now")
def test_a_story_is_published_with_one_thumb(page_of_chief, site):
    page = page_of_chief
    page.set_viewport_size(PHONE)
    page.goto(f"{site}{NEWSROOM}{make_story().pk}/publish/")
    button = page.locator("button[name=promise]")
    assert button.bounding_box()["height"] >= 44
    assert button.bounding_box()["width"] >= 300
    expect(page.get_by_role("button", name="Now instead")).to_be_hidden()
    page.fill("[name=time]", "09:00")
    expect(button).to_have_text("Choose another time")
    page.get_by_role("button", name="Now instead").click()
    expect(button).to_have_text("Publish now")
    button.click()
    page.get_by_role("link", name="See it as readers do").click()
    expect(page.locator("h1")).to_have_text("Sepang is back")


@pytest.mark.usefixtures("now")
def test_the_last_words_are_saved_before_the_page_of_the_button_opens(page_of_chief, site):
    page = page_of_chief
    story = make_story()
    page.goto(f"{site}/admin/news/story/{story.pk}/change/")
    expect(page.locator(".writing-state")).to_be_visible()
    page.fill("[name=headline]", "Sepang at last")
    page.get_by_role("link", name="Publish or schedule").click()
    expect(page.locator("h1")).to_have_text("Publish: Sepang at last")
    expect(page.locator(".newsroom-title")).to_have_text("Sepang at last")


@pytest.mark.usefixtures("now")
def test_what_waits_for_a_save_is_said_instead_of_published_without_it(page_of_chief, site):
    page = page_of_chief
    story = make_story()
    page.goto(f"{site}/admin/news/story/{story.pk}/change/")
    page.evaluate("for (const folded of document.querySelectorAll('#content-main details')) folded.open = true")
    page.fill("[name=slug]", "another-address")
    page.get_by_role("link", name="Publish or schedule").click()
    expect(page.locator(".writing-state")).to_contain_text("Press Save first: Slug would not be published.")
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".messagelist")).to_contain_text("Saved as edition 2")
    page.get_by_role("link", name="Publish or schedule").click()
    expect(page.locator("h1")).to_have_text("Publish: Sepang is back")
