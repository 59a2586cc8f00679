"""Playwright on the Chromium that was found, axe, and the site with the packaged season to open in it."""

import os
from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from django.apps import apps
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.db import connections, transaction
from django.test import override_settings
from django.test.testcases import LiveServerThread
from playwright.sync_api import Page

from championship import stamp
from tools import browser

# Playwright's synchronous calls run inside an event loop, where Django would refuse the database.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

# Chromium's own headless window is never as narrow as this, so the width is the page's.
PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1280, "height": 900}
# All rules in the one theme; in the other those that colours can break, since a theme changes nothing else.
THEMES = {"light": (), "dark": ("color-contrast", "link-in-text-block")}
# A colour on its way from theme to theme is nobody's colour.
ANIMATIONS_END = "() => Promise.allSettled(document.getAnimations().map((animation) => animation.finished))"
IS_TOO_WIDE = "() => document.documentElement.scrollWidth > document.documentElement.clientWidth"
# `preload` would fetch every stylesheet again, for one experimental rule that is off.
RUN_AXE = "(rules) => axe.run(document, {resultTypes: ['violations'], preload: false, ...(rules && {runOnly: rules})})"


@pytest.fixture(scope="session")
def browser_type_launch_args():
    return {"executable_path": browser.find(), "args": list(browser.LAUNCH_ARGUMENTS)}


@pytest.fixture
def axe() -> Callable[..., list[str]]:
    """A function from an open page to its accessibility violations: one line of text each, none when all is well.

    It applies axe's default rules, best practices among them, or only those that are named as its second argument.
    """

    def violations(page: Page, rules: tuple[str, ...] = ()) -> list[str]:
        if not page.evaluate("'axe' in window"):
            page.evaluate(AXE_SCRIPT)
        found = page.evaluate(RUN_AXE, list(rules) or None)["violations"]
        return [f"{v['id']}: {node['html']} {node['failureSummary']}" for v in found for node in v["nodes"]]

    return violations


@pytest.fixture
def look(axe) -> Callable[[Page], list[str]]:
    """A function from an open page to what is wrong with it: violations in either theme, more width than the window."""

    def faults(page: Page) -> list[str]:
        found = []
        for theme, rules in THEMES.items():
            page.emulate_media(color_scheme=theme)
            page.evaluate(ANIMATIONS_END)
            found += [f"{theme}: {violation}" for violation in axe(page, rules)]
        if page.evaluate(IS_TOO_WIDE):
            found.append("wider than the window")
        return found

    return faults


@pytest.fixture(scope="module")
def site(season_rows, django_db_blocker) -> Iterator[str]:
    """The address of a running site with the season 2023/24.

    The season is loaded once for all tests of a module, which is why they may not change it. `live_server` would
    empty and fill the database for each of them.
    """
    with django_db_blocker.unblock():
        with transaction.atomic():
            for model, rows in season_rows.items():
                model._base_manager.bulk_create(rows)
            stamp.raise_stamp()
        server = _server()
        server.start()
        server.is_ready.wait()
        url = f"http://{server.host}:{server.port}"
        try:
            if server.error:
                raise server.error
            with override_settings(ALLOWED_HOSTS=[server.host, "testserver"], SITE_URL=url):
                yield url
        finally:
            server.terminate()
            for connection in server.connections_override.values():
                connection.dec_thread_sharing()
            _remove_season()


def _server() -> LiveServerThread:
    """A server thread on a free port; a database in memory has one connection, which the threads share."""
    shared = {
        connection.alias: connection
        for connection in connections.all()
        if connection.vendor == "sqlite" and connection.is_in_memory_db()
    }
    for connection in shared.values():
        connection.inc_thread_sharing()
    server = LiveServerThread("localhost", StaticFilesHandler, connections_override=shared)
    server.daemon = True
    return server


def _remove_season() -> None:
    with transaction.atomic():
        for model in apps.get_app_config("championship").get_models(include_auto_created=True):
            rows = model._base_manager.all()
            rows._raw_delete(rows.db)
