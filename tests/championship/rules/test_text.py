import pytest

from championship.rules.text import fold


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Louis DELÉTRAZ", "louis deletraz"),
        ("Bjørn  Größe", "bjorn grosse"),
        ("Łukasz Đorđe", "lukasz dorde"),
        ("Æsir Œuvre þór ðað", "aesir oeuvre thor dad"),
        ("İlker ılık", "ilker ilik"),
        ("\N{LATIN SMALL LETTER E}\N{COMBINING ACUTE ACCENT}", "e"),
        ("  ", ""),
        ("李", "李"),
    ],
)
def test_folding_takes_accents_and_case_away(text, folded):
    assert fold(text) == folded
