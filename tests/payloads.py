"""Texts that want to become scripts: a public collection of them, and what can be made of a few of our own."""

import functools
import html
import re
from collections.abc import Callable, Iterator

from brs_kb.payloads import FULL_PAYLOAD_DATABASE

from news.markup.blocks import KINDS

# What runs a script wherever a browser takes it for HTML, each in another way.
SEEDS = (
    "<script>alert(1)</script>",
    "<script src=//elsewhere.example/a.js></script>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<svg><a xlink:href=javascript:alert(1)><text y=20>words</text></a></svg>",
    "<svg><animate onbegin=alert(1) attributeName=x dur=1s>",
    "<svg><a><animate attributeName=href values=javascript:alert(1) /><text y=20>words</text></a></svg>",
    "<math><maction actiontype=statusline xlink:href=javascript:alert(1)>words</maction></math>",
    "<a href=javascript:alert(1)>words</a>",
    '<a href="data:text/html,<script>alert(1)</script>">words</a>',
    "<details open ontoggle=alert(1)>",
    "<input autofocus onfocus=alert(1)>",
    "<p tabindex=1 onfocus=alert(1) autofocus>words</p>",
    "<video><source onerror=alert(1)></video>",
    "<audio src=x onerror=alert(1)>",
    "<iframe src=javascript:alert(1)></iframe>",
    "<iframe srcdoc='<script>parent.alert(1)</script>'></iframe>",
    "<object data=javascript:alert(1)></object>",
    "<embed src=javascript:alert(1)>",
    "<form action=javascript:alert(1)><button>words</button></form>",
    "<button formaction=javascript:alert(1) form=f>words</button><form id=f></form>",
    "<body onload=alert(1)>",
    "<p style=animation-name:x onanimationstart=alert(1)>words</p>",
    "<p onmouseover=alert(1)>words</p>",
    "<marquee onstart=alert(1)>words</marquee>",
    "<link rel=stylesheet href=//elsewhere.example/a.css>",
    "<style>@import '//elsewhere.example/a.css';</style>",
    "<base href=//elsewhere.example/>",
)
# Where a parser reads on otherwise than the one before it: foreign elements, raw text, tables, comments, attributes.
PLACES = (
    "<svg>{}",
    "<svg></p>{}",
    "<svg><title>{}",
    "<svg><desc>{}",
    "<svg><foreignObject>{}",
    "<svg><style>{}</style></svg>",
    "<svg><p><style><!--</style>{}-->",
    "<svg></br><style><a title='</style>{}'>",
    "<math>{}",
    "<math><mi>{}",
    "<math><mtext><table><mglyph><style><!--</style>{}",
    "<math><mtext><table><mglyph><style><math>{}",
    "<math><annotation-xml encoding='text/html'>{}",
    "<form><math><mtext></form><form><mglyph><style></math>{}",
    "<template>{}</template>",
    "<template shadowrootmode=open>{}</template>",
    "<noscript><p title='</noscript>{}'>",
    "<noscript><style></noscript>{}",
    "<style><p title='</style>{}'>",
    "<textarea><p title='</textarea>{}'>",
    "<title><p title='</title>{}'>",
    "<xmp><p title='</xmp>{}'>",
    "<noembed><p title='</noembed>{}'>",
    "<noframes><p title='</noframes>{}'>",
    "<iframe><p title='</iframe>{}'></iframe>",
    "<select><option>{}",
    "<table>{}</table>",
    "<table><caption>{}",
    "<table><tr><td colspan='{}'>",
    "<blockquote><p><p>{}",
    "<!--><p title='-->{}'>",
    "<!-- --!>{}-->",
    "<![CDATA[{}]]>",
    "<?xml version='1.0'?>{}",
    "<!doctype html [{}]>",
    "<p title='{}'>words</p>",
    "<a href='{}'>words</a>",
    "<a href='https://elsewhere.example/?{}'>words</a>",
    "<em><strong>{}</em></strong>",
    '"{}',
    '">{}',
    "'>{}",
    "\\'>{}",
    "</title>{}",
    "</script>{}",
    "</style></template>{}",
    "]]>{}",
    "{{{{ {} }}}}{{% csrf_token %}}",
)
# Data blocks with what they must not hold.
BLOCKS = (
    *(f"<figure data-block='{kind}' data-ref='{{}}'></figure>" for kind in KINDS),
    "<figure data-block='{}' data-ref='2023-24/99'></figure>",
    "<figure data-block='plate' data-ref='2023-24/99{}'></figure>",
    "<figure data-block='plate' data-ref='2023-24/99' data-class='{}'>{}</figure>",
    "<figure data-block='result' data-ref='2023-24/sepang/race-1' data-top='{}' data-class='{}'></figure>",
    "<figure data-block='picture' data-ref='{name}'><figcaption>{}</figcaption></figure>",
    "<figure data-block='picture' data-ref='{name}'>{}</figure>",
    "<figure data-block='picture' data-ref='{name}'><figcaption>words</figcaption>{}</figure>",
    "<figure data-block='event' data-ref='2023-24/sepang'><figure data-block='event' data-ref='{}'></figure></figure>",
)
# The picture that these blocks show.
PICTURE = "a" * 26
SCHEMES = (
    "javascript:alert(1)",
    "vbscript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==",
    "blob:alert(1)",
    "//elsewhere.example/",
    "/\\elsewhere.example/",
    "\\\\elsewhere.example/",
    "https:elsewhere.example/",
    "feed:javascript:alert(1)",
    "view-source:javascript:alert(1)",
    "javascript://elsewhere.example/%0aalert(1)",
    "javascript:/*--></title></style>*/alert(1)",
)
# What browsers skip in an address, and what it is written as.
SKIPPED = ("\t", "\n", "\r", "\x0b", "\x0c", "\x00", "\x01", " ", "\u00a0", "\u2028", "\ufeff", "&Tab;", "&NewLine;")


def _alternating(text: str) -> str:
    return "".join(sign.upper() if place % 2 else sign.lower() for place, sign in enumerate(text))


def _numbered(text: str) -> str:
    return "".join(f"&#{ord(sign)}" for sign in text)


# The same once more, for readers who look for one spelling.
SPELLINGS: tuple[Callable[[str], str], ...] = (
    _alternating,
    html.escape,
    lambda text: html.escape(html.escape(text)),
    lambda text: html.unescape(html.escape(text)).replace("alert(1)", "alert`1`"),
    lambda text: text.replace("alert", "\\u0061lert"),
    lambda text: text.replace("javascript:", _numbered("javascript:")),
    lambda text: text.replace("javascript:", "javascript&colon;"),
    lambda text: text.replace(" ", "/"),
    lambda text: text.replace(" ", "\x0c"),
    lambda text: text.replace(" ", "\n"),
    lambda text: text.replace("<", "<<"),
    lambda text: text.replace("<", "<\x00"),
    lambda text: text.replace(">", ""),
    lambda text: text.replace("<", "\uff1c").replace(">", "\uff1e"),
    lambda text: text.replace("script", "scr<script>ipt"),
    lambda text: text.replace("=", " = "),
    lambda text: text.replace(" on", "\u00a0on"),
    lambda text: re.sub(r"^<(\w+)", r"<\1 \1", text),
    lambda text: re.sub(r"^<(\w+)", r"<x:\1", text),
)


@functools.cache
def public_payloads() -> tuple[str, ...]:
    """Those of the public collection, each once."""
    return tuple(dict.fromkeys(entry.payload for entry in FULL_PAYLOAD_DATABASE.values()))


@functools.cache
def payloads() -> tuple[str, ...]:
    """The public ones and our own, each once."""
    return tuple(dict.fromkeys([*public_payloads(), *_own()]))


def _own() -> Iterator[str]:
    for seed in SEEDS:
        yield seed
        yield from (spelling(seed) for spelling in SPELLINGS)
        for place in (*PLACES, *BLOCKS):
            yield place.replace("{name}", PICTURE).replace("{}", seed)
            if "'{}'" in place:
                yield place.replace("{name}", PICTURE).replace("{}", html.escape(seed))
    for address in (*SCHEMES, *_broken_schemes()):
        yield f"<a href='{address}'>words</a>"
        yield f'<a href="{_numbered(address)}">words</a>'


def _broken_schemes() -> Iterator[str]:
    for skipped in SKIPPED:
        yield f"{skipped}javascript:alert(1)"
        yield f"java{skipped}script:alert(1)"
        yield f"javascript{skipped}:alert(1)"
        yield f"/{skipped}/elsewhere.example/"
        yield f"{skipped}//elsewhere.example/"
        yield f"https:{skipped}//elsewhere.example/"
