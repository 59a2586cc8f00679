"""2,000 spoilt files: each is read, or refused in words with its name and what to do; nothing else ever happens."""

from collections import Counter

from championship.timing.cross_checks import remarks
from championship.timing.limits import MOST_PROBLEMS
from championship.timing.read import read_timing
from championship.timing.tables import TimingFileError, TimingTable
from tests.championship.timing.mutations import COUNT, MUTATORS, mutation, originals

NAME = "03_Classification_Race.CSV"


def outcome(content: bytes) -> str:
    """Whether a file is read or refused, once all that a reader owes is checked."""
    try:
        table = read_timing(content, file_name=NAME)
    except TimingFileError as error:
        refusal = error
    else:
        assert isinstance(table, TimingTable)
        assert table.cars
        assert all(remark.text for remark in remarks(table, entered={"7": "GT", "99": "lmp2"}))
        assert str(table).encode()
        return "read"
    assert 0 < len(refusal.problems) <= MOST_PROBLEMS + 1
    for problem in refusal.problems:
        assert problem.file == NAME
        assert problem.message
        assert problem.mend
        assert str(problem).isprintable()
        assert len(str(problem)) < 600
    return "refused"


def test_2000_spoilt_files_are_read_or_refused_in_words():
    counts: dict[str, Counter[str]] = {name: Counter() for name in MUTATORS}
    for number in range(COUNT):
        name, content = mutation(number)
        counts[name][outcome(content)] += 1
    total = sum(counts.values(), Counter())
    print(f"{total['read']} of {COUNT} spoilt files were read, {total['refused']} refused")
    for name, count in counts.items():
        print(f"  {name}: {count['read']} read, {count['refused']} refused")
    assert total["read"] + total["refused"] == COUNT
    assert min(count.total() for count in counts.values()) >= COUNT // len(MUTATORS)
    assert total["refused"] > COUNT // 2
    assert total["read"] > COUNT // 10


def test_the_files_are_good_before_they_are_spoilt():
    assert [outcome(content) for content in originals()] == ["read"] * 6


def test_a_mutation_is_the_same_whenever_it_is_made():
    assert [mutation(number) for number in range(70)] == [mutation(number) for number in range(70)]
    assert len({content for _, content in map(mutation, range(70))}) > 60
