from championship.record import RecordError, RecordProblem


def problem(**changes) -> RecordProblem:
    facts = {"file": "teams.csv", "line": 3, "column": "country", "message": "It is missing.", "mend": "Fill it in."}
    return RecordProblem(**(facts | changes))


def test_a_problem_reads_from_its_place_to_its_mend():
    assert str(problem()) == "teams.csv, line 3, country: It is missing. Fill it in."
    assert str(problem(column="")) == "teams.csv, line 3: It is missing. Fill it in."
    assert str(problem(line=0, column="")) == "teams.csv: It is missing. Fill it in."


def test_more_problems_than_a_screen_holds_are_counted():
    error = RecordError([problem(line=line) for line in range(2, 52)])
    lines = str(error).splitlines()
    assert lines[0] == "50 problems in the files of the season:"
    assert lines[-1] == "  and 10 more. Mend these first."
    assert len(lines) == 42
    assert len(error.problems) == 50
