"""Sanitising: of whatever HTML, only what a story needs is kept, when it is saved and again when it is shown.

nh3 parses as a browser does and drops elements and attributes that are not listed here. What it lets pass and we do
not (addresses on other hosts without a scheme, figures that are no blocks) goes in a second step, on its output.
"""

import re
from html import escape
from html.parser import HTMLParser

import nh3

from news.markup.blocks import COUNT, LONGEST_REFERENCE, REFERENCES, SLUG, block_of, words_of

TAGS = frozenset(
    "p h2 h3 ul ol li blockquote strong em br a table caption thead tbody tfoot tr th td figure figcaption".split()
)
ATTRIBUTES = {
    "a": {"href"},
    "th": {"scope", "colspan", "rowspan"},
    "td": {"colspan", "rowspan"},
    "figure": {"data-block", "data-ref", "data-class", "data-top", "data-after"},
}
SCHEMES = frozenset({"http", "https", "mailto"})
# With their content: what is inside is no text that anybody wrote.
DROPPED = frozenset({"script", "style", "template", "noscript", "title", "textarea", "iframe", "object", "svg", "math"})
VOID = frozenset({"br"})
# So often a text is read anew until it stays the same; after that only its words are kept.
ROUNDS = 6

# Nothing that a browser would skip (spaces, control characters) and nothing that it would read as a slash.
_PLAIN = r"[^\s\\\x00-\x20\x7f]"
_HREF = re.compile(
    rf"https?://[^\s\\/\x00-\x20\x7f]{_PLAIN}*|mailto:[^\s\\/?\x00-\x20\x7f]+@{_PLAIN}+|/(?![/\\]){_PLAIN}*",
    re.IGNORECASE,
)
_SPAN = re.compile("[1-9]|[1-4][0-9]")
_FORMS = {
    ("a", "href"): _HREF,
    ("th", "scope"): re.compile("col|row|colgroup|rowgroup"),
    ("th", "colspan"): _SPAN,
    ("th", "rowspan"): _SPAN,
    ("td", "colspan"): _SPAN,
    ("td", "rowspan"): _SPAN,
    ("figure", "data-block"): re.compile("|".join(REFERENCES)),
    ("figure", "data-ref"): re.compile(
        "|".join(f"(?:{pattern.pattern})" for pattern in REFERENCES.values()),
    ),
    ("figure", "data-class"): re.compile(SLUG),
    ("figure", "data-top"): COUNT,
    ("figure", "data-after"): COUNT,
}


def clean(html: str) -> str:
    """The same text with nothing in it but what a story may hold; cleaning twice changes nothing.

    Elements that are not allowed are taken away and their text is kept, so that nothing typed is lost. Figures are
    kept where they are data blocks at the top of the text.
    """
    for _ in range(ROUNDS):
        again = _once(html)
        if again == html:
            return html
        html = again
    return f"<p>{escape(words_of(html), quote=False)}</p>"


def _once(html: str) -> str:
    """One round: what is taken away may leave elements where a browser would read them otherwise (p inside p)."""
    listed = nh3.clean(
        html.replace("\x00", ""),
        tags=set(TAGS),
        clean_content_tags=set(DROPPED),
        attributes=ATTRIBUTES,
        attribute_filter=_attribute,
        url_schemes=set(SCHEMES),
        link_rel=None,
    )
    figures = _Figures()
    figures.feed(listed)
    figures.close()
    return "".join(figures.found).strip()


def absolute(html: str, site: str) -> str:
    """A clean text whose links to the site itself name it, for readers elsewhere. `site` has no trailing slash."""
    return re.sub(r'(<a href=")(/[^"]*")', rf"\g<1>{escape(site)}\g<2>", html)


def _attribute(tag: str, name: str, value: str) -> str | None:
    """The value of an attribute that has the form of its kind, else None: the attribute goes."""
    form = _FORMS.get((tag, name))
    if form is None or (tag == "figure" and len(value) > LONGEST_REFERENCE) or not form.fullmatch(value):
        return None
    return value


class _Figures(HTMLParser):
    """Copies what nh3 wrote, figures that are blocks in their one spelling; drops other figures and empty links' tags.

    nh3 writes well-formed HTML, so every end tag closes what was opened last.
    """

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.found: list[str] = []
        # The open elements, each with whether its tags are written.
        self.open: list[tuple[str, bool]] = []
        # What is open of a figure at the top: where its content begins, and its attributes.
        self.figure: tuple[int, dict[str, str]] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in VOID:
            self.found.append(f"<{tag}>")
            return
        attributes = {name: value or "" for name, value in attrs}
        is_written = tag not in ("figure", "figcaption") and (tag != "a" or "href" in attributes)
        if tag == "figure" and not any(written for _, written in self.open) and self.figure is None:
            self.figure = (len(self.found), attributes)
        if is_written:
            self.found.append(self.get_starttag_text() or "")
        self.open.append((tag, is_written))

    def handle_endtag(self, tag: str) -> None:
        _, is_written = self.open.pop()
        if is_written:
            self.found.append(f"</{tag}>")
        if tag == "figure" and self.figure is not None and not any(name == "figure" for name, _ in self.open):
            self._end_of_figure()

    def _end_of_figure(self) -> None:
        start, attributes = self.figure or (0, {})
        self.figure = None
        inside = self.found[start:]
        block = block_of(attributes, _text("".join(inside)))
        if block is None:
            return
        # What is no caption stands behind the block.
        kept = [] if block.caption else inside
        self.found[start:] = [block.markup, *kept]

    def handle_data(self, data: str) -> None:
        self.found.append(data)

    def handle_entityref(self, name: str) -> None:
        self.found.append(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self.found.append(f"&#{name};")


def _text(html: str) -> str:
    reader = _Plain()
    reader.feed(html)
    reader.close()
    return "".join(reader.found)


class _Plain(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []

    def handle_data(self, data: str) -> None:
        self.found.append(data)
