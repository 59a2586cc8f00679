import pytest

from championship.rules.decision_texts import DecisionText, as_text, from_text
from championship.rules.decisions import Effect

TEXT = DecisionText(
    number="31",
    car_number="007",
    competitor="Équipe “24”",
    session="Race 2",
    fact_at="2024-02-11T15:47:00+04:00",
    fact="Short driving time",
    offence="Article 12",
    effects=(Effect(kind="laps_removed", laps=1), Effect(kind="time_added", time=1000)),
    reason="Article 13",
    status="applied",
    amended_because="Laps counted again",
)
LITTLE = DecisionText(
    number="",
    car_number="7",
    competitor="",
    session="Race 1",
    fact_at="",
    fact="",
    offence="",
    effects=(),
    reason="",
    status="imposed",
)


@pytest.mark.parametrize("text", [TEXT, LITTLE])
def test_what_was_written_is_read_again(text):
    assert from_text(as_text(text)) == text


def test_an_effect_keeps_nothing_but_what_its_kind_needs():
    fine = Effect(kind="fine", laps=3)
    assert '"effects": [{"kind": "fine"}]' in as_text(DecisionText(**{**_values(LITTLE), "effects": (fine,)}))


def test_another_reason_to_amend_it_does_not_make_it_another_decision():
    assert TEXT.says_the_same_as(DecisionText(**{**_values(TEXT), "amended_because": "A comma"}))
    assert not TEXT.says_the_same_as(DecisionText(**{**_values(TEXT), "fact": "Another"}))


def _values(text):
    return {name: getattr(text, name) for name in text.__slots__}
