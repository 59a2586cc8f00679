"""What can be done next about a session, in order; what this person may not do says who may."""

from collections.abc import Mapping
from dataclasses import dataclass

from championship.selectors.desk import DeskPage

# The rights that the steps ask for. A step with several is open to whoever has one of them.
IMPORT = ("add_timingimport",)
TYPE = ("change_classificationdraft",)
CHECK = ("check_classification",)
PROVISIONAL = ("publish_classification",)
OFFICIAL = ("make_classification_official",)
REVISE = ("add_classificationdraft", "make_classification_official")
DECIDE = ("add_decision",)
RECALL = ("recall_classification", "recall_own_classification")
FLAG = ("change_classificationstate",)
RIGHTS = (*IMPORT, *TYPE, *CHECK, *PROVISIONAL, *REVISE, *DECIDE, *RECALL, *FLAG)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One thing to do: `page` is the name of its page of the desk, with `args` and `query`.

    `who` says who may do it, where this person may not; "" where he or she may. `note` is what there is to know first.
    """

    label: str
    page: str
    note: str = ""
    who: str = ""
    args: tuple[object, ...] = ()
    query: str = ""
    is_main: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Who looks at the desk: the key of the account, and which of RIGHTS it has at the event."""

    pk: int
    rights: frozenset[str]

    def may(self, wanted: tuple[str, ...]) -> bool:
        return not self.rights.isdisjoint(wanted)


def next_steps(page: DeskPage, person: Person, who_may: Mapping[str, str]) -> tuple[Step, ...]:
    """The steps in the order in which an evening goes; publishing the draft is not among them, it is the button.

    `who_may` says by right which roles have it.
    """
    found = [
        Step(
            label=f"Look at {file.file_name}",
            page="desk_import_review",
            args=(file.pk,),
            note=f"Uploaded by {file.staged_by}; it waits to be applied or discarded.",
            who=_who(IMPORT, person, who_may),
            is_main=True,
        )
        for file in page.imports
    ]
    if page.draft is not None:
        found += _with_draft(page, person, who_may)
    else:
        found += _without_draft(page, person, who_may)
    decide = Step(label="Enter a decision", page="desk_decision_add", who=_who(DECIDE, person, who_may))
    if page.standing or page.draft:
        found.append(decide)
    return tuple(found)


def _with_draft(page: DeskPage, person: Person, who_may: Mapping[str, str]) -> list[Step]:
    draft = page.draft
    assert draft is not None  # noqa: S101  # The caller looked.
    found = []
    if not draft.is_checked:
        own = draft.author_id == person.pk
        who = f"somebody else: {who_may[CHECK[0]]}" if own else _who(CHECK, person, who_may)
        note = "You wrote it, so somebody else signs it as checker." if own else ""
        found.append(Step(label="Check the draft", page="desk_check", note=note, who=who, is_main=not own))
        found.append(Step(label="Type the order a second time", page="desk_retype", who=who))
    found.append(Step(label="Correct the draft", page="desk_grid", who=_who(TYPE, person, who_may)))
    if not page.imports:
        found.append(Step(label="Import another file", page="desk_import", who=_who(IMPORT, person, who_may)))
    return found


def _without_draft(page: DeskPage, person: Person, who_may: Mapping[str, str]) -> list[Step]:
    standing = page.standing
    importing = Step(
        label="Import the timing file" if standing is None else "Import the next timing file",
        page="desk_import",
        who=_who(IMPORT, person, who_may),
        is_main=standing is None and not page.imports,
    )
    typing = Step(label="Type the finishing order", page="desk_grid", who=_who(TYPE, person, who_may))
    if standing is None:
        return [importing, typing]
    found = []
    if standing.status == "provisional":
        found.append(
            Step(
                label=f"Make v{standing.number} official",
                page="desk_revise",
                query="to=official",
                note=_official_note(page),
                who=_who(OFFICIAL, person, who_may),
                is_main=page.may_become_official,
            )
        )
    revise = Step(
        label=f"Begin v{page.versions[0].number + 1} from v{standing.number}",
        page="desk_revise",
        note="With the same file, when decisions were added or changed.",
        who=_who(REVISE, person, who_may),
    )
    return [*found, revise, importing]


def _official_note(page: DeskPage) -> str:
    standing = page.standing
    if standing and standing.pending:
        return f"Wait: {', '.join(standing.pending)}."
    if page.protest and page.protest.is_open and page.closes_at:
        return f"Wait: protests are possible until {page.closes_at:%H:%M} track time."
    return "The time to protest is over and nothing is pending."


def _who(wanted: tuple[str, ...], person: Person, who_may: Mapping[str, str]) -> str:
    return "" if person.may(wanted) else who_may[wanted[0]]
