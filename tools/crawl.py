"""Visit every page of the site in a real browser, as `make crawl` does.

python -m tools.crawl                     starts the site with its database and visits all of it
python -m tools.crawl http://127.0.0.1:8000   visits a site that runs already

Every page that a link, the sitemap or a file of the site leads to is opened: in a light and a dark theme, at the
width of a phone and of a desktop. Found faults are printed (broken links, requests to another host, errors on the
console, violations of accessibility) and the exit code is 1.
"""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urldefrag, urljoin, urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, Request, sync_playwright

from tools import browser

VIEWS = {
    "light, 1280 px": {"color_scheme": "light", "viewport": {"width": 1280, "height": 900}},
    "dark, 390 px": {"color_scheme": "dark", "viewport": {"width": 390, "height": 844}},
    "light, 390 px": {"color_scheme": "light", "viewport": {"width": 390, "height": 844}},
    "dark, 1280 px": {"color_scheme": "dark", "viewport": {"width": 1280, "height": 900}},
}
# Not pages of the public: the officials' side is behind a login.
STAFF_PATH = "/admin/"
STARTUP_SECONDS = 60
LINKS = """() => [...document.querySelectorAll('a[href], link[href], img[src], script[src], use[href], form[action]')]
    .map(e => e.getAttribute('href') || e.getAttribute('src') || e.getAttribute('action'))"""


@dataclass
class Crawl:
    """What was visited, and what was wrong with it."""

    base: str
    faults: list[str] = field(default_factory=list)
    pages: int = 0
    files: int = 0
    checks: int = 0
    foreign: int = 0
    queue: list[str] = field(default_factory=list)
    seen: dict[str, str] = field(default_factory=dict)

    def add(self, page: str, link: str) -> None:
        address = urldefrag(urljoin(page, link)).url
        if urlsplit(address).scheme not in ("http", "https"):
            return
        if address.startswith(self.base) and address not in self.seen and not self._is_staff(address):
            self.seen[address] = page
            self.queue.append(address)

    def _is_staff(self, address: str) -> bool:
        return urlsplit(address).path.startswith(STAFF_PATH)

    def fault(self, address: str, text: str) -> None:
        self.faults.append(f"{address.removeprefix(self.base)} (from {self.seen.get(address, '-')}): {text}")


def crawl(base: str) -> Crawl:
    """Visit everything below `base` (an address without a trailing slash)."""
    found = Crawl(base=base)
    for path in ("/", "/sitemap.xml", "/robots.txt", "/.well-known/security.txt"):
        found.add(base, path)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=browser.find(), args=list(browser.LAUNCH_ARGUMENTS))
        contexts = {name: chromium.new_context(**options) for name, options in VIEWS.items()}
        pages = {name: _watched_page(context, found) for name, context in contexts.items()}
        while found.queue:
            _visit(found.queue.pop(0), pages, found)
        chromium.close()
    return found


def _watched_page(context: BrowserContext, found: Crawl) -> Page:
    page = context.new_page()

    def on_request(request: Request) -> None:
        if not request.url.startswith((found.base, "data:", "blob:", "about:")):
            found.foreign += 1
            found.fault(page.url, f"asks another host for {request.url}")

    page.on("request", on_request)
    page.on("console", lambda message: message.type == "error" and found.fault(page.url, f"console: {message.text}"))
    page.on("pageerror", lambda error: found.fault(page.url, f"script error: {error}"))
    return page


def _visit(address: str, pages: dict[str, Page], found: Crawl) -> None:
    try:
        with urllib.request.urlopen(address, timeout=30) as answer:
            kind, body, final = answer.headers.get_content_type(), answer.read(), answer.url
    except urllib.error.HTTPError as error:
        found.fault(address, f"answers {error.code}")
        return
    found.files += 1
    if kind == "application/xml":
        for part in body.decode().split("<loc>")[1:]:
            found.add(address, part.split("</loc>")[0])
    if kind != "text/html" or (final != address and found.seen.get(final)):
        return
    found.pages += 1
    for name, page in pages.items():
        page.goto(address, wait_until="load")
        for link in page.evaluate(LINKS):
            found.add(page.url, link)
        _check_page(page, address, name, found)


def _check_page(page: Page, address: str, view: str, found: Crawl) -> None:
    found.checks += 1
    for violation in Axe().run(page).response["violations"]:
        for node in violation["nodes"]:
            found.fault(address, f"[{view}] {violation['id']}: {node['html'][:160]}")
    if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
        found.fault(address, f"[{view}] the page is wider than the window")


@contextmanager
def running_site() -> Iterator[str]:
    """The site on a free port, with the database that the environment names."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    base = f"http://127.0.0.1:{port}"
    environment = {**os.environ, "DEBUG": "true", "SITE_URL": base}
    command = [sys.executable, "manage.py", "runserver", "--noreload", f"127.0.0.1:{port}"]
    with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        try:
            _wait_for(base)
            yield base
        finally:
            server.terminate()


def _wait_for(base: str) -> None:
    deadline = time.monotonic() + STARTUP_SECONDS
    while time.monotonic() < deadline:
        try:
            urllib.request.urlopen(base, timeout=5).close()
            return
        except OSError:
            time.sleep(0.3)
    raise SystemExit("The site did not start. Try `make run`.")


def main() -> int:
    if browser.find() is None:
        print("No Chromium or Chrome found. Run: python -m tools.browser --install")
        return 1
    if len(sys.argv) > 1:
        found = crawl(sys.argv[1].rstrip("/"))
    else:
        with running_site() as base:
            found = crawl(base)
    for fault in found.faults:
        print(fault)
    print(
        f"{found.files} addresses, {found.pages} pages in {len(VIEWS)} views: {found.checks} checks, "
        f"{found.foreign} requests to another host, {len(found.faults)} faults"
    )
    return 1 if found.faults or not found.pages else 0


if __name__ == "__main__":
    sys.exit(main())
