from pathlib import Path

import pytest

from championship.rules.roles import read, roles

ROOT = Path(__file__).resolve().parents[3]
FILE = """
[roles]
clerk = "Clerk"
judge = "Judge"

[nouns]
papers = "form letter"

[[right]]
what = "write"
roles = ["clerk", "judge"]
may.add = "@papers stamp"
may.tear_up = "letter"

[[right]]
what = "burn"
may.burn = "letter"

[[right]]
what = "forget"
nobody = true
may.forget = "form"
"""


def test_a_role_has_the_permissions_of_its_rights():
    found = read(FILE)
    assert found.permissions("Clerk") == ("add_form", "add_letter", "add_stamp", "tear_up_letter")
    assert found.permissions("Nobody") == ()


def test_administrators_may_all_but_what_nobody_may():
    assert read(FILE).table() == (
        "| | Clerk | Judge | Administrator |\n"
        "| --- | --- | --- | --- |\n"
        "| write | yes | yes | yes |\n"
        "| burn | no | no | yes |\n"
        "| forget | no | no | no |\n"
    )


@pytest.mark.parametrize(("old", "new"), [('["clerk", "judge"]', '["cook"]'), ("@papers", "@pens")])
def test_a_role_or_a_list_that_is_not_named_is_refused(old, new):
    with pytest.raises(KeyError):
        read(FILE.replace(old, new))


def test_the_documentation_shows_the_table_of_the_file():
    text = (ROOT / "docs" / "officials.md").read_text(encoding="utf-8")
    assert roles().table() in text, f"docs/officials.md needs this table:\n\n{roles().table()}"


def test_five_roles_share_the_work_as_the_product_says():
    assert list(roles().names) == ["timekeeper", "stewards", "entries", "editor", "chief_editor"]
    who = {code: right.roles for right in roles().rights for code in right.permissions}
    timekeeper, stewards, entries = list(roles().names.values())[:3]
    assert who["add_classificationdraft"] == (timekeeper,)
    assert who["check_classification"] == who["publish_classification"] == (timekeeper, stewards)
    assert who["publish_decision"] == who["make_classification_official"] == (stewards,)
    assert who["recall_own_classification"] == (timekeeper, stewards)
    assert who["recall_classification"] == (stewards,)
    assert who["publish_entrylist"] == who["change_crewmember"] == (entries,)
