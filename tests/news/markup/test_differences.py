import pytest

from news.markup import clean, differences
from news.markup.differences import compare_texts, compare_words, lines_of


def said(runs):
    return [(run.how, run.text) for run in runs]


def marked(line):
    signs = {"same": "{}", "removed": "-{}-", "added": "+{}+"}
    return line.kind, "".join(signs[run.how].format(run.text) for run in line.runs)


def test_words_that_are_gone_new_and_the_same_stand_in_one_order():
    assert said(compare_words("The 99 wins at Sepang", "The 99 wins again at Sepang, clearly")) == [
        ("same", "The 99 wins "),
        ("added", "again "),
        ("same", "at Sepang"),
        ("added", ", clearly"),
    ]


def test_signs_are_no_part_of_the_word_before_them_and_numbers_are_whole():
    assert said(compare_words("On Sunday night.", "On Sunday night. It’s 1:40.720!")) == [
        ("same", "On Sunday night. "),
        ("added", "It’s 1:40.720!"),
    ]
    assert said(compare_words("By 5.066 s", "By 5.067 s")) == [
        ("same", "By "),
        ("removed", "5.066 "),
        ("added", "5.067 "),
        ("same", "s"),
    ]


@pytest.mark.parametrize(
    ("before", "after", "runs"),
    [
        ("", "", []),
        ("", "New words", [("added", "New words")]),
        ("Old words", "", [("removed", "Old words")]),
        ("Same", "Same", [("same", "Same")]),
    ],
)
def test_a_text_that_is_not_there_is_all_new_or_all_gone(before, after, runs):
    assert said(compare_words(before, after)) == runs


def test_whoever_reads_only_what_stayed_and_came_reads_the_newer_text():
    before, after = "one two three four five", "zero two four four six five"
    runs = compare_words(before, after)
    assert "".join(run.text for run in runs if run.how != "added").split() == before.split()
    assert "".join(run.text for run in runs if run.how != "removed").split() == after.split()


def test_a_text_is_read_as_lines_with_the_addresses_of_its_links():
    text = (
        "<h2>Race &amp; result</h2><p>See <a href='/2023-24/'>the season</a>, <strong>now</strong>.</p>"
        "<ul><li><p>First</p></li><li>Second<br>part</li></ul><blockquote><p>Said</p><p>So</p></blockquote>"
        "<table><caption>Cars</caption><tr><th>No.</th><td>99</td></tr></table>"
        '<figure data-block="result" data-ref="2023-24/sepang/race-1" data-class="gt" data-top="5"></figure>'
        '<figure data-block="standings" data-ref="2023-24/gt-teams" data-after="3"></figure>'
        f'<figure data-block="picture" data-ref="{"a" * 26}"><figcaption>The start</figcaption></figure>'
        "<p>End</p>"
    )
    assert list(lines_of(clean(text))) == [
        ("h2", "Race & result"),
        ("p", "See the season [/2023-24/], now."),
        ("li", "First"),
        ("li", "Second part"),
        ("blockquote", "Said"),
        ("blockquote", "So"),
        ("caption", "Cars"),
        ("tr", "No. | 99"),
        ("block", "Data block: result 2023-24/sepang/race-1, class gt, the first 5"),
        ("block", "Data block: standings 2023-24/gt-teams, after round 3"),
        ("block", f"Data block: picture {'a' * 26}, The start"),
        ("p", "End"),
    ]


def test_lines_are_changed_new_or_gone_and_a_link_that_leads_elsewhere_is_a_change():
    before = "<h2>Sepang</h2><p>The 99 wins <a href='/a/'>the race</a></p><p>Gone altogether</p><p>End</p>"
    after = "<h2>Sepang</h2><p>The 99 wins <a href='/b/'>the race</a></p><p>End</p><p>And more</p>"
    lines = compare_texts(before.replace("'", '"'), after.replace("'", '"'))
    assert [marked(line) for line in lines] == [
        ("h2", "Sepang"),
        ("p", "The 99 wins the race -[/a/]-+[/b/]+"),
        ("p", "-Gone altogether-"),
        ("p", "End"),
        ("p", "+And more+"),
    ]
    assert [line.is_changed for line in lines] == [False, True, True, False, True]


def test_a_line_that_says_something_else_and_another_block_are_not_mixed_with_what_was_there():
    figure = '<figure data-block="plate" data-ref="2023-24/{}"></figure>'
    lines = compare_texts(f"<p>All of this</p>{figure.format(7)}", f"<p>Nothing else here</p>{figure.format(99)}")
    assert [marked(line)[1] for line in lines] == [
        "-All of this-",
        "+Nothing else here+",
        "-Data block: plate 2023-24/7-",
        "+Data block: plate 2023-24/99+",
    ]


def test_a_text_without_end_is_not_compared_word_by_word(monkeypatch):
    monkeypatch.setattr(differences, "MOST_STEPS", 3)
    assert said(compare_words("a b", "a c")) == [("removed", "a b"), ("added", "a c")]
    lines = compare_texts("<p>a b</p>", "<p>a c</p>")
    assert [marked(line)[1] for line in lines] == ["-a b-", "+a c+"]
    two = compare_texts("<p>a</p><p>b</p>", "<p>a</p><p>c</p>")
    assert [marked(line)[1] for line in two] == ["-a-", "-b-", "+a+", "+c+"]
