import sys

import pytest

from tools import browser


@pytest.fixture(autouse=True)
def _forgetful():
    browser.find.cache_clear()
    yield
    browser.find.cache_clear()


def test_the_browser_that_is_asked_for_comes_first(monkeypatch):
    monkeypatch.setenv("CHROME_PATH", sys.executable)
    assert browser.find() == sys.executable


def test_a_browser_that_does_not_start_is_passed_over(monkeypatch, tmp_path):
    broken = tmp_path / "chromium"
    broken.write_text("#!/bin/sh\nexit 1\n")
    broken.chmod(0o755)
    monkeypatch.setenv("CHROME_PATH", str(tmp_path / "missing"))
    monkeypatch.setattr(browser, "COMMANDS", (str(broken), sys.executable))
    assert browser.find() == sys.executable


def test_where_there_is_none_every_way_to_get_one_is_tried_in_turn(monkeypatch, capsys):
    tried = []
    monkeypatch.setattr(browser, "_candidates", lambda: iter(()))
    monkeypatch.setattr(browser, "_install_with_apt", lambda: tried.append("apt"))
    monkeypatch.setattr(browser, "_install_with_playwright", lambda: tried.append("playwright"))
    monkeypatch.setattr(sys, "argv", ["browser", "--install"])
    assert browser.main() == 1
    assert tried == ["apt", "playwright"]
    assert "the browser tests will be left out" in capsys.readouterr().out


def test_what_the_first_way_brought_is_taken(monkeypatch):
    brought = []
    monkeypatch.setattr(browser, "_candidates", lambda: iter(brought))
    monkeypatch.setattr(browser, "_install_with_apt", lambda: brought.append(sys.executable))
    monkeypatch.setattr(browser, "_install_with_playwright", lambda: pytest.fail("was not needed"))
    assert browser.install() == sys.executable
