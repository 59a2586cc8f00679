"""Playwright on the Chromium that was found, axe, and the site with the packaged season to open in it."""

import os
from collections.abc import Callable, Iterator

import pytest
from django.apps import apps
from django.db import transaction
from django.test import override_settings
from playwright.sync_api import Page

from championship import stamp
from tests.addresses import publish_first_pages, publish_sample_file, publish_sample_story
from tests.browser.axe import violations
from tests.browser.server import site_server
from tests.season import write
from tools import browser

# Playwright's synchronous calls run inside an event loop, where Django would refuse the database.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

# Chromium's own headless window is never as narrow as this, so the width is the page's.
PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1280, "height": 900}
THEMES = ("light", "dark")
# A colour on its way from theme to theme is nobody's colour.
# An animation that the browser does not go on with, as in a page behind others, ends never; none takes two seconds.
ANIMATIONS_END = """() => Promise.race([
    Promise.allSettled(document.getAnimations().map((animation) => animation.finished)),
    new Promise((go) => setTimeout(go, 2000)),
])"""
IS_TOO_WIDE = "() => document.documentElement.scrollWidth > document.documentElement.clientWidth"


@pytest.fixture(scope="session")
def browser_type_launch_args():
    return {"executable_path": browser.find(), "args": list(browser.LAUNCH_ARGUMENTS)}


@pytest.fixture
def look() -> Callable[[Page], list[str]]:
    """A function from an open page to what is wrong with it: violations in either theme, more width than the window.

    In the second theme it applies the rules of colours alone, since a theme changes nothing else.
    """

    def faults(page: Page) -> list[str]:
        found = []
        for theme in THEMES:
            page.emulate_media(color_scheme=theme)
            page.evaluate(ANIMATIONS_END)
            found += [f"{theme}: {violation}" for violation in violations(page, colours_only=theme != THEMES[0])]
        if page.evaluate(IS_TOO_WIDE):
            found.append("wider than the window")
        return found

    return faults


@pytest.fixture(scope="module")
def site_rows(season_rows):
    """What the site of a module has: the whole season, unless the module says otherwise."""
    return season_rows


@pytest.fixture(scope="module")
def site(site_rows, django_db_blocker) -> Iterator[str]:
    """The address of a running site with the season 2023/24, two documents (one a draft), pages, a partner, a story.

    The season is loaded once for all tests of a module, which is why they may not change it. `live_server` would
    empty and fill the database for each of them.
    """
    with django_db_blocker.unblock():
        with transaction.atomic():
            write(site_rows)
            publish_sample_file()
            publish_first_pages()
            publish_sample_story()
            stamp.raise_stamp()
        server = site_server()
        url = f"http://{server.host}:{server.port}"
        try:
            with override_settings(ALLOWED_HOSTS=[server.host, "testserver"], SITE_URL=url):
                yield url
        finally:
            server.terminate()
            _remove_season()


def _remove_season() -> None:
    with transaction.atomic():
        for app in ("news", "championship"):
            for model in apps.get_app_config(app).get_models(include_auto_created=True):
                rows = model._base_manager.all()
                rows._raw_delete(rows.db)
