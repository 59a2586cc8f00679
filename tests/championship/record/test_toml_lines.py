from championship.record.toml_lines import toml_lines


def test_tables_and_keys_have_the_line_they_stand_on():
    text = '# a comment\n\n[season]\nslug = "2030"\n\n[[event]]\nname = "A"\n[[event.session]]\nslug = "race"\n'
    assert toml_lines(text) == {
        ("season",): 3,
        ("season", "slug"): 4,
        ("event",): 6,
        ("event", 0): 6,
        ("event", 0, "name"): 7,
        ("event", 0, "session"): 8,
        ("event", 0, "session", 0): 8,
        ("event", 0, "session", 0, "slug"): 9,
    }


def test_a_table_below_an_array_belongs_to_its_newest_table():
    lines = toml_lines("[[event]]\n[[event]]\n[event.circuit]\nname = 1\n[[event.session]]\nb = 1\n")
    assert lines[("event", 1, "circuit", "name")] == 4
    assert lines[("event", 1, "session", 0, "b")] == 6


def test_what_stands_inside_a_value_is_no_table():
    text = 'a = """\n[x]\nb = 1 ""\\"""" # " [\n'
    text += "c = [ # ]\n  \"]\", '[',\n]\nd = '''\n[y]'''\ne = {f = [1, 2]}\ng = 1\n"
    assert toml_lines(text) == {("a",): 1, ("c",): 4, ("d",): 7, ("e",): 9, ("g",): 10}


def test_dotted_and_quoted_keys_lead_down():
    assert toml_lines('a . "b c".d = 1\n[ "x" . y ]\nz = 1') == {
        ("a", "b c", "d"): 1,
        ("x", "y"): 2,
        ("x", "y", "z"): 3,
    }


def test_an_empty_text_has_no_lines():
    assert toml_lines("") == {}
    assert toml_lines("# nothing\n") == {}
