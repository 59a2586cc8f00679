"""The environment that all tests run in, whatever the machine's own says; only DATABASE_URL is the caller's."""

import atexit
import gc
import os
import shutil
import tempfile

os.environ.update(
    DJANGO_SETTINGS_MODULE="aslms_site.settings",
    DEBUG="true",
    ALLOWED_HOSTS="",
    SITE_URL="http://testserver",
    SITE_NOW="",
    CACHE_URL="locmem://",
    PROXY_SSL_HEADER="",
    # One for each process; names of files are random, so that no test meets the files of another.
    MEDIA_DIR=tempfile.mkdtemp(prefix="aslms-media-"),
    TRUSTED_PROXIES="0",
    SECOND_FACTOR="false",
    EMAIL_HOST="",
    MAIL_FROM="",
)

import django
import pytest
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

from tools import browser

atexit.register(shutil.rmtree, os.environ["MEDIA_DIR"], ignore_errors=True)

# A busy machine is slow at times; what takes long is no fault of the code under test.
hypothesis_settings.register_profile("any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
hypothesis_settings.load_profile("any machine")

# Before any other conftest is read, so that they may import models.
django.setup()

pytest_plugins = ["tests.season", "tests.every_noun", "tests.scratch"]

BROWSER_TESTS = "tests/browser/"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what lies in tests/browser/, and leave it out where there is no browser."""
    for item in items:
        if item.nodeid.startswith(BROWSER_TESTS):
            item.add_marker(pytest.mark.browser)
            if browser.find() is None:
                item.add_marker(pytest.mark.skip(reason="no Chromium or Chrome found"))


def pytest_collection_finish() -> None:
    """Look for garbage seldom, and not among what was imported: that looking was a quarter of the tests' time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(200_000, 20, 20)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    skipped = [r for r in terminalreporter.stats.get("skipped", []) if r.nodeid.startswith(BROWSER_TESTS)]
    if skipped:
        terminalreporter.write_sep("!", "THE BROWSER TESTS WERE LEFT OUT", red=True, bold=True)
        terminalreporter.write_line(
            f"{len(skipped)} tests need a Chromium or Chrome and found none. Install one, or set CHROME_PATH."
        )


@pytest.fixture(scope="session", autouse=True)
def _roles_outlive_a_flush():
    """A test with real transactions empties every table at its end, also the groups that a migration made."""
    from django.apps import apps
    from django.contrib.auth.models import Group, Permission
    from django.db.models.signals import post_migrate

    from championship.rules.roles import roles
    from news.roles import roles as roles_of_news

    files = {"championship": roles(), "news": roles_of_news()}

    def restore(app_config, **_signal) -> None:
        for name in files[app_config.label].names.values():
            group, _ = Group.objects.get_or_create(name=name)
            codenames = files[app_config.label].permissions(name)
            group.permissions.add(
                *Permission.objects.filter(content_type__app_label=app_config.label, codename__in=codenames)
            )

    # Sent at the end of a flush, after Django has made the permissions of the app anew.
    for app in files:
        post_migrate.connect(restore, sender=apps.get_app_config(app), weak=False)
    yield
    for app in files:
        post_migrate.disconnect(restore, sender=apps.get_app_config(app))


@pytest.fixture(autouse=True)
def _fast_passwords(settings):
    """Argon2 is slow on purpose, which a test of something else need not wait for."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def _empty_cache():
    """A test that is rolled back takes its content stamp back with it, which the next one then raises anew."""
    from django.core.cache import cache

    cache.clear()
