"""Stock admin pages, under the policy that the site sends, in a real browser."""

import pytest
from django.contrib.auth.models import User

pytestmark = pytest.mark.django_db

PASSWORD = "a-long-enough-password"
# Django's add pages focus their first field by script and by attribute; whichever comes second is told so.
FOCUSED_TWICE = "Autofocus processing was blocked because a document already has a focused element."


@pytest.fixture
def complaints(page) -> list[str]:
    """Everything the browser's console says from here on; a blocked script, style or feature is among it."""
    said: list[str] = []
    # Chromium asks for it on its own where a page names no icon.
    page.route("**/favicon.ico", lambda route: route.fulfill(status=204))
    page.on("console", lambda message: said.append(message.text) if message.text != FOCUSED_TWICE else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    return said


def test_an_official_logs_in_and_opens_lists_and_forms_without_a_complaint(page, site, complaints):
    User.objects.create_superuser("administrator", password=PASSWORD)
    page.goto(f"{site}/admin/")
    page.fill("[name=login]", "administrator")
    page.fill("[name=password]", PASSWORD)
    page.click("[type=submit]")
    page.wait_for_url(f"{site}/admin/")
    for address in ("/admin/auth/user/", "/admin/auth/user/add/", "/admin/auth/group/add/", "/admin/news/story/add/"):
        answer = page.goto(site + address)
        assert answer.status == 200
    assert complaints == []


def test_a_blocked_script_is_a_complaint(page, site, complaints):
    page.goto(f"{site}/admin/account/login/")
    page.evaluate("document.head.append(Object.assign(document.createElement('script'), {text: '1'}))")
    assert len(complaints) == 1
    assert "Content Security Policy" in complaints[0]
