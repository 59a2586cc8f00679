"""A browser that tells of everything that was executed or asked of others on a page, and pokes at all of it."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Error, Request, Route

from tests.payloads import payloads

# Runs before any script of the page, in each of its frames. What scripts of strangers call tells, and in which payload
# it stood; so does whatever the policy refuses, or would refuse where it only reports.
_WATCH = """(() => {
  const tell = (what, element) => {
    const box = element && element.closest && element.closest("[data-payload]");
    console.info(`WATCH ${what} ${box ? box.dataset.payload : ""}`);
  };
  const here = () => (window.event && window.event.target) || document.currentScript;
  for (const name of ["alert", "confirm", "prompt", "print"]) {
    window[name] = () => tell("executed", here());
  }
  document.addEventListener("securitypolicyviolation", (event) => {
    tell(`refused:${event.effectiveDirective}`, event.target);
  });
  // Other addresses lead away from the page that is watched; scripts in addresses stay on it.
  const isScript = /^[\\s\\x00-\\x1f]*j\\s*a\\s*v\\s*a/i;
  const stay = (event) => {
    const link = event.target.closest && event.target.closest("a, area");
    const address = link && link.href ? String(link.href.baseVal ?? link.href) : "";
    if (event.type === "submit" || (address && !isScript.test(address))) event.preventDefault();
  };
  history.back = () => {};
  for (const type of ["click", "submit"]) window.addEventListener(type, stay, true);
})()"""
# Hover, focus, click and whatever else an element waits for, on every element; then the markup in which a script waits
# for what nobody did.
_POKE = """async () => {
  const usual = ["mouseover", "mouseenter", "pointerover", "focus", "focusin", "input", "keydown", "toggle"];
  for (const element of document.querySelectorAll("body, body *")) {
    const own = element.getAttributeNames().filter((name) => /^on/i.test(name)).map((name) => name.slice(2));
    for (const type of [...usual, ...own]) element.dispatchEvent(new Event(type, {bubbles: true}));
    if (element.click) element.click(); else element.dispatchEvent(new MouseEvent("click", {bubbles: true}));
  }
  for (let turn = 0; turn < 3; turn += 1) await new Promise((go) => setTimeout(go, 0));
  const script = /^[\\s\\x00-\\x1f]*(javascript|vbscript|data):/i;
  const addresses = /^(href|src|action|formaction|data|xlink:href|to|values|from)$/i;
  const own = new RegExp(`^${location.origin}/(static/|admin/jsi18n/$)`);
  const standing = [];
  for (const element of document.querySelectorAll("*")) {
    const isLoaded = [...element.attributes].some(({name, value}) =>
      /^on/i.test(name) || name === "srcdoc" || (addresses.test(name) && script.test(value)));
    const isForeign = element.matches("iframe, object, embed, base, body style") ||
      (element.matches("script:not([type='application/json'])") && !own.test(String(element.src ?? "")));
    if (isLoaded || isForeign) standing.push(element.outerHTML.slice(0, 200));
  }
  return {standing, boxes: document.querySelectorAll("[data-payload]").length};
}"""
BATCH = 400
# Whatever a payload leaves open ends here, so that the next one is read for itself.
CLOSED = (
    "-->]]>'\"></script></style></textarea></title></noscript></template></xmp></iframe></noembed></noframes>"
    "</select></svg></math></form></table></object></video></audio></button></figure></a>"
)
NOTHING_AFTER_IT = re.compile("<plaintext", re.IGNORECASE)
# Where the text of a story is cleaned on its way into the database and out of it.
SANITISERS = (
    "news.models.fields.clean",
    "news.services.stories.clean",
    "news.selectors.blocks.clean",
)
# Of the site itself a page gets its scripts, and nothing else: what it looks like matters to nobody here, payloads name
# thousands of files that are not there, and no request may go on while the next text is written.
_OWN_SCRIPT = re.compile("/static/|/admin/jsi18n/$")


@dataclass(slots=True, kw_only=True)
class Seen:
    """What happened on one page.

    `executed` names the payload of each execution (its `data-payload`, or ""), `refused` the directive that refused
    or would have, `elsewhere` what was asked of other hosts, `standing` the markup that still could execute. `boxes`
    counts the elements with `data-payload`. `is_lost` when a script took the page away before all was looked at.
    """

    executed: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    elsewhere: list[str] = field(default_factory=list)
    standing: list[str] = field(default_factory=list)
    boxes: int = 0
    is_lost: bool = False

    @property
    def faults(self) -> list[str]:
        """All that must not happen where nothing hostile gets through."""
        lost = ["a script took the page away"] if self.is_lost else []
        return [*(f"executed {one}" for one in self.executed), *self.refused, *self.elsewhere, *self.standing, *lost]


class Watch:
    """Opens pages of a site, one after the other, and tells what happened on each."""

    def __init__(self, browser: Browser, site: str) -> None:
        self.site = site
        self.seen = Seen()
        self.is_open = False
        self.context = browser.new_context(viewport={"width": 1280, "height": 900})
        self.context.add_init_script(_WATCH)
        self.context.route("**/*", self._route)
        self.context.on("console", self._listen)

    def __call__(self, address: str, content: str = "") -> Seen:
        """Open an address of the site, or `content` as if it stood there."""
        self.seen, self.is_open = Seen(), False
        page = self.context.new_page()
        page.on("dialog", lambda dialog: (self.seen.executed.append(""), dialog.dismiss()))
        if content:
            page.route(f"{self.site}{address}", lambda route: route.fulfill(content_type="text/html", body=content))
        answer = page.goto(self.site + address, wait_until="load")
        assert answer is not None
        assert answer.status == 200, (address, answer.status)
        try:
            found = page.evaluate(_POKE)
            self.seen.standing, self.seen.boxes = found["standing"], found["boxes"]
        except Error:
            self.seen.is_lost = True
        page.close()
        return self.seen

    def _route(self, route: Route, request: Request) -> None:
        if request.is_navigation_request():
            if self.is_open:
                # Nothing may lead away from the page that is watched.
                route.fulfill(status=204)
            else:
                self.is_open = True
                route.continue_()
        elif urlsplit(request.url).netloc != urlsplit(self.site).netloc:
            self.seen.elsewhere.append(request.url)
            route.abort()
        elif request.resource_type == "script" and _OWN_SCRIPT.match(urlsplit(request.url).path):
            route.continue_()
        else:
            route.fulfill(status=404)

    def _listen(self, message: ConsoleMessage) -> None:
        told = re.fullmatch(r"WATCH (executed|refused):?(\S*) (\S*)", message.text)
        if told and told[1] == "executed":
            self.seen.executed.append(told[3])
        elif told:
            self.seen.refused.append(told[2])


@contextmanager
def watched(browser: Browser, site: str) -> Iterator[Watch]:
    watch = Watch(browser, site)
    try:
        yield watch
    finally:
        watch.context.close()


def batches() -> Iterator[tuple[int, str]]:
    """All payloads, each in a box of its own, with the number of boxes; what swallows the rest of a page comes last."""
    boxes = [
        f'<div data-payload="{number}">{payload}{CLOSED}</div>'
        for number, payload in enumerate(payloads())
        if not NOTHING_AFTER_IT.search(payload)
    ]
    last = [f'<div data-payload="last">{payload}</div>' for payload in payloads() if NOTHING_AFTER_IT.search(payload)]
    starts = range(0, len(boxes), BATCH)
    assert len(last) <= len(starts)
    for number, start in enumerate(starts):
        found = boxes[start : start + BATCH] + last[number : number + 1]
        yield len(found), "".join(found)


def without_sanitiser(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let texts through as they are."""
    for name in SANITISERS:
        monkeypatch.setattr(name, lambda html: html)
