import re
from importlib import import_module

import pytest
from hypothesis import given
from hypothesis import strategies as st

from championship.rules.pictures import NAME
from news.markup import Block, Text, absolute, blocks_of, clean, split, words_of
from news.markup.blocks import REFERENCES

RESULT = '<figure data-block="result" data-ref="2023-24/sepang/race-1" data-class="gt" data-top="5"></figure>'


@pytest.mark.parametrize(
    "html",
    [
        "<p>One <strong>two</strong> <em>three</em><br>four &amp; five</p>",
        "<h2>A</h2><h3>B</h3><ul><li>c</li></ul><ol><li>d</li></ol><blockquote><p>e</p></blockquote>",
        '<table><caption>T</caption><thead><tr><th scope="col" colspan="2">a</th></tr></thead>'
        '<tbody><tr><td rowspan="3">b</td></tr></tbody></table>',
        '<p><a href="https://a.example/b?c=d#e">x</a> <a href="mailto:a@b.example">y</a> <a href="/news/">z</a></p>',
        RESULT,
        f'<figure data-block="picture" data-ref="{"a" * 26}"><figcaption>A &lt;b&gt; &amp; c</figcaption></figure>',
    ],
)
def test_what_a_story_may_hold_stays_as_it_is(html):
    assert clean(html) == html


@pytest.mark.parametrize(
    "address",
    [
        "//evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "/\t/evil.example",
        "\t//evil.example",
        " //evil.example",
        "https:evil.example",
        "https:///evil.example",
        "http:\\\\evil.example",
        "javascript:alert(1)",
        "java\nscript:alert(1)",
        "data:text/html,x",
        "ftp://example.com/",
        "page/",
        "#top",
        "?q=x",
        "mailto:nobody",
        "",
    ],
)
def test_a_link_that_leads_elsewhere_than_it_seems_is_taken_away_and_its_text_stays(address):
    assert clean(f'<p><a href="{address}">x</a></p>') == "<p>x</p>"


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ('<p onclick="x" style="y" class="z" id="a">b</p>', "<p>b</p>"),
        ("<p>a<script>alert(1)</script><style>b{}</style><!-- c --></p>", "<p>a</p>"),
        ('<p>a<img src="/x.png" onerror="y">b</p>', "<p>ab</p>"),
        ("<svg><p>a</svg><math><style><img></math>b", "<p>ab</p>"),
        ("<h1>a</h1><div>b</div><span>c</span>", "abc"),
        ('<td colspan="99">a</td><table><tr><td colspan="0">b', "a<table><tbody><tr><td>b</td></tr></tbody></table>"),
        ("a\x00b", "ab"),
        ("<p>a<select><p>b", "<p>a</p><p>b</p><p></p>"),
    ],
)
def test_what_a_story_does_not_need_goes_and_its_words_stay(html, expected):
    assert clean(html) == expected


@pytest.mark.parametrize(
    "attributes",
    [
        'data-block="result" data-ref="2023-24/sepang"',
        'data-block="plate" data-ref="2023-24/99/x"',
        'data-block="picture" data-ref="../../etc/passwd"',
        'data-block="event" data-ref="2023-24/Sepang"',
        f'data-block="event" data-ref="2023-24/{"a" * 150}"',
        'data-block="video" data-ref="2023-24/sepang"',
        'data-ref="2023-24/sepang"',
        "",
    ],
)
def test_a_figure_that_is_no_block_leaves_its_words(attributes):
    assert clean(f"<p>a</p><figure {attributes}><figcaption>b &amp; c</figcaption></figure>") == "<p>a</p>b &amp; c"


def test_a_text_that_does_not_settle_keeps_its_words_alone(monkeypatch):
    monkeypatch.setattr(import_module("news.markup.clean"), "ROUNDS", 0)
    assert clean("<p>a &amp; <em>b</em></p><script>c</script>") == "<p>a &amp; b c</p>"


def test_a_block_stands_at_the_top_of_the_text_only():
    assert clean(f"<blockquote>a{RESULT}b</blockquote>") == "<blockquote>ab</blockquote>"
    assert clean(f'<figure data-block="event" data-ref="2023-24/sepang">{RESULT}</figure>') == (
        '<figure data-block="event" data-ref="2023-24/sepang"></figure>'
    )


def test_options_that_a_block_has_not_are_dropped():
    html = '<figure data-block="event" data-ref="2023-24/sepang" data-class="gt" data-top="5"></figure>'
    assert clean(html) == '<figure data-block="event" data-ref="2023-24/sepang"></figure>'
    html = '<figure data-block="result" data-ref="2023-24/sepang/race-1" data-class="G T" data-top="0"></figure>'
    assert clean(html) == '<figure data-block="result" data-ref="2023-24/sepang/race-1"></figure>'


def test_what_stands_in_a_block_without_a_caption_comes_behind_it():
    assert clean(f"{RESULT.replace('></', '><p>a</p></')}") == f"{RESULT}<p>a</p>"


def test_pictures_are_named_as_the_library_names_them():
    assert REFERENCES["picture"].pattern == NAME.pattern


def test_a_text_is_split_at_its_blocks():
    standings = '<figure data-block="standings" data-ref="2023-24/lmp2-teams" data-after="3"></figure>'
    html = f"<p>a</p>{RESULT} {standings}<p>b</p>"
    result = Block(kind="result", reference="2023-24/sepang/race-1", race_class="gt", top=5)
    table = Block(kind="standings", reference="2023-24/lmp2-teams", after=3)
    assert split(html) == (Text("<p>a</p>"), result, table, Text("<p>b</p>"))
    assert list(blocks_of(html)) == [result, table]
    assert result.parts == ("2023-24", "sepang", "race-1")


def test_a_figure_that_was_stored_otherwise_shows_nothing():
    assert split('<p>a</p><figure data-block="event" data-ref="x"></figure>') == (Text("<p>a</p>"),)


def test_words_are_those_of_the_text():
    html = f"<h2>One</h2><p>two<br>three &amp; <em>fo</em>ur</p>{RESULT}<ul><li>five</li></ul>"
    assert words_of(html) == "One two three & four five"


def test_links_to_the_site_name_it_for_readers_elsewhere():
    html = '<p><a href="/news/">a</a> <a href="https://example.com/">b</a></p>'
    assert absolute(html, "https://aslms.test") == (
        '<p><a href="https://aslms.test/news/">a</a> <a href="https://example.com/">b</a></p>'
    )


PIECES = [
    *(
        "<p>",
        "</p>",
        "<figure",
        "</figure>",
        "<figcaption>",
        "</figcaption>",
        "<a href=",
        '"/x"',
        "'//x'",
        ">",
        "<",
        "&",
    ),
    *(
        ' data-block="result"',
        ' data-ref="2023-24/a/b"',
        ' data-block="picture"',
        ' data-ref="abcdefghijklmnopqrstuvwxyz"',
        "<table>",
    ),
    *("<td>", "</table>", "<svg>", "<math>", "<style>", "</style>", "<script>", "<!--", "-->", "<br>", "<li>", "x y"),
    *("&lt;", "&#x3c;", "\x00", "<blockquote>", "</blockquote>", "<template>", "<noscript>", "<textarea>", "]]>", '"'),
    *(' onerror="x"', "<img src=x", "javascript:x", "<strong>", "</strong>", "<select>", "<mtext>", "<mglyph>"),
]
markup = st.lists(st.sampled_from(PIECES) | st.text(max_size=4), max_size=25).map("".join)
KNOWN = re.compile(
    r"</?(?:p|h2|h3|ul|ol|li|blockquote|strong|em|a|table|caption|thead|tbody|tfoot|tr|th|td|figure|figcaption)>|<br>"
    r'|<a href="(?:https?://|mailto:|/(?!/))[^"<>\s]*">|<t[hd](?: (?:scope|colspan|rowspan)="\w+")+>'
    r'|<figure data-block="[a-z]+" data-ref="[\w/-]+"(?: data-(?:class|top|after)="[a-z0-9-]+")*>'
)


@given(markup)
def test_whatever_is_typed_only_the_listed_tags_come_out_and_cleaning_twice_changes_nothing(html):
    once = clean(html)
    assert "<" not in KNOWN.sub("", once)
    assert clean(once) == once


@given(markup)
def test_split_keeps_every_word_of_a_clean_text(html):
    once = clean(html)
    parts = split(once)
    together = "".join(part.html if isinstance(part, Text) else part.markup for part in parts)
    assert words_of(together).replace(" ", "") == words_of(once).replace(" ", "")
    assert clean(together) == together
