"""What readers read of a decision on the notice board, as it was told when it was published."""

import json
from dataclasses import asdict, dataclass, replace

from championship.rules.decisions import Effect, bare


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionText:
    """A decision as a document tells it. What is not on record is "".

    `fact_at` is the time of the fact, ISO 8601 with the offset at the track; `status` a value of Decision.Status;
    `amended_because` says why this text follows an earlier one.
    """

    number: str
    car_number: str
    competitor: str
    session: str
    fact_at: str
    fact: str
    offence: str
    effects: tuple[Effect, ...]
    reason: str
    status: str
    amended_because: str = ""

    def says_the_same_as(self, other: "DecisionText") -> bool:
        """Whether both tell the same decision, for whatever reason."""
        return replace(self, amended_because="") == replace(other, amended_because="")


def as_text(text: DecisionText) -> str:
    """The decision as JSON: what is on record, in the order in which it is read.

    >>> as_text(DecisionText(number="31", car_number="24", competitor="", session="Race 2", fact_at="", fact="",
    ...     offence="", effects=(Effect(kind="fine"),), reason="", status="imposed"))
    '{"number": "31", "car_number": "24", "session": "Race 2", "effects": [{"kind": "fine"}], "status": "imposed"}'
    """
    effects = [_known(asdict(bare(effect))) for effect in text.effects]
    return json.dumps(_known({**asdict(text), "effects": effects}), ensure_ascii=False)


def from_text(text: str) -> DecisionText:
    """The decision that `as_text` wrote."""
    values = json.loads(text)
    effects = tuple(Effect(**effect) for effect in values.pop("effects", ()))
    names = (name for name in DecisionText.__slots__ if name not in ("effects", "amended_because"))
    return DecisionText(**{**dict.fromkeys(names, ""), **values}, effects=effects)


def _known(values: dict[str, object]) -> dict[str, object]:
    return {name: value for name, value in values.items() if value not in (None, "", [], ())}
