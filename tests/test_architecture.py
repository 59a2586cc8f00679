"""The house rules that no reader should have to check. Each guard is also shown something wrong, and must refuse it."""

from pathlib import Path

import pytest
from django.apps import apps
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState

from tests import guards

ROOT = Path(__file__).resolve().parents[1]
CODE = sorted(path for folder in ("aslms_site", "championship", "news") for path in (ROOT / folder).rglob("*.py"))
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
LONGEST = 400
# Generated, or a list that only grows downwards.
LENGTH_EXEMPT = ("static/img/", "championship/migrations/", "news/migrations/")


def relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def dotted(path: Path) -> str:
    return relative(path).removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def complaints(checker, paths) -> list[str]:
    return [text for path in paths for text in checker(dotted(path), path.read_text())]


# Imports


def test_imports_point_up_the_layer_table():
    assert len(CODE) >= 30
    assert complaints(guards.wrong_imports, CODE) == []


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("championship.rules.points", "from django.db import models"),
        ("championship.rules.points", "from championship.models import Season"),
        ("championship.rules.points", "def late():\n    import django"),
        ("championship.timing.reader", "import msgspec"),
        ("championship.record.read", "from championship import models"),
        ("championship.models.seasons", "from championship.selectors.seasons import season_page"),
        ("championship.selectors.seasons", "from championship.services import entry_lists"),
        ("championship.services.entry_lists", "import championship.admin.entries"),
        ("championship.views.teams", "from aslms_site import settings"),
        ("championship.views.teams", "from tests.factories import season"),
        ("championship.helpers", "import json"),
        ("championship.views.teams", "from news.models import Story"),
        ("championship.admin.teams", "import news"),
        ("news.helpers", "import json"),
        ("news.markup.clean", "from django.utils.html import escape"),
        ("news.markup.blocks", "from championship.rules import names"),
        ("news.selectors.stories", "from news.services import stories"),
        ("news.selectors.stories", "from championship.services import saving"),
        ("news.views.stories", "from aslms_site import joins"),
    ],
)
def test_an_import_that_points_down_is_refused(module, source):
    assert len(guards.wrong_imports(module, source)) == 1


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("championship.rules.points", "from decimal import Decimal\nfrom championship.rules.names import slug"),
        ("championship.record.write", "import tomli_w"),
        ("championship.services.load", "from championship.record import schema\nfrom django.db import transaction"),
        ("championship.views.teams", "from championship.selectors import teams"),
        ("aslms_site.views", "from championship.selectors import seasons"),
        ("aslms_site.joins", "from news.selectors import stories"),
        ("news.markup.clean", "import nh3\nfrom news.markup.blocks import split"),
        ("news.services.stories", "from championship.services.saving import save\nfrom news.models import Story"),
    ],
)
def test_an_import_that_points_up_passes(module, source):
    assert guards.wrong_imports(module, source) == []


# The clock


def test_all_code_asks_the_one_clock():
    askers = [path for path in CODE if path.name != "clock.py" and "migrations" not in path.parts]
    assert complaints(guards.real_clocks, askers) == []


@pytest.mark.parametrize(
    "source",
    [
        "from django.utils import timezone\ntimezone.now()",
        "from django.utils.timezone import now",
        "import datetime as dt\ndt.datetime.now(dt.UTC)",
        "from datetime import date\ndate.today()",
        "from django.utils import timezone\nx = Field(default=timezone.now)",
        "x = models.DateTimeField(auto_now_add=True)",
    ],
)
def test_a_real_clock_is_refused(source):
    assert len(guards.real_clocks("championship.models.seasons", source)) == 1


# Templates


def views_and_their_templates() -> tuple[set[str], list[str]]:
    rendered, wrong = set(), []
    modules = {path: f"championship/{path.stem}" for path in (ROOT / "championship" / "views").glob("*.py")}
    modules |= {path: f"news/{path.stem}" for path in (ROOT / "news" / "views").glob("*.py")}
    modules[ROOT / "aslms_site" / "views.py"] = "aslms_site"
    for path, folder in modules.items():
        if path.exists():
            some, complaints_of_one = guards.rendered_templates(folder, path.read_text())
            rendered |= some
            wrong += complaints_of_one
    return rendered, wrong


def test_each_view_has_its_template_and_each_template_its_view():
    rendered, wrong = views_and_their_templates()
    folders = ("championship", "news", "aslms_site")
    present = {p.relative_to(ROOT / "templates").as_posix() for p in TEMPLATES}
    assert wrong == []
    assert {name for name in present if name.partition("/")[0] in folders} == rendered


def test_a_view_that_renders_the_template_of_another_is_refused():
    source = "def team(request):\n    return render(request, 'championship/teams/teams.html')"
    assert guards.rendered_templates("championship/teams", source) == (
        set(),
        ["team renders championship/teams/teams.html, not championship/teams/team.html"],
    )


def test_a_template_is_found_by_the_names_of_module_and_function():
    source = "def team(request):\n    return render(request, 'championship/teams/team.html', {})"
    assert guards.rendered_templates("championship/teams", source) == ({"championship/teams/team.html"}, [])


def test_components_name_their_parameters_in_line_1():
    components = sorted((ROOT / "templates" / "components").glob("*.html"))
    assert len(components) >= 10
    assert [relative(path) for path in components if not guards.names_its_parameters(path.read_text())] == []


@pytest.mark.parametrize("text", ["<p>{{ name }}</p>", "{# #}\n<p></p>", "<p></p>\n{# name: the name #}"])
def test_a_component_without_parameters_in_line_1_is_refused(text):
    assert not guards.names_its_parameters(text)


def test_templates_hold_nothing_that_the_policy_blocks():
    found = {relative(path): guards.outlaws_in_template(path.read_text()) for path in TEMPLATES}
    assert len(found) >= 20
    assert {path: names for path, names in found.items() if names} == {}


def test_templates_of_the_sport_show_news_through_the_joins_only():
    of_the_sport = [path for path in TEMPLATES if "championship" in path.parts]
    assert len(of_the_sport) >= 20
    assert [relative(path) for path in of_the_sport if guards.knows_the_newsroom(path.read_text())] == []
    assert any("{% news_of_event" in path.read_text() for path in of_the_sport)


@pytest.mark.parametrize(
    "text", ["{% include 'components/story_card.html' %}", '{% include "news/stories/news.html" %}']
)
def test_a_template_of_the_sport_that_knows_the_newsroom_is_refused(text):
    assert guards.knows_the_newsroom(text)
    assert not guards.knows_the_newsroom("{% load joins %}{% news_of_team slug %}")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ('<p style="color: red">', "inline style"),
        ("<style>p {}</style>", "inline style"),
        ("<script>alert(1)</script>", "inline script"),
        ('<script type="application/ld+json">{}</script>', "inline script"),
        ('<button onclick="go()">', "event handler"),
        ('<a href="javascript:go()">', "script address"),
        ('<img src="https://cdn.example/a.png">', "other host"),
        ('<link rel="stylesheet" href="//cdn.example/a.css">', "other host"),
    ],
)
def test_what_the_policy_blocks_is_refused(text, name):
    assert guards.outlaws_in_template(text) == [name]


def test_what_the_policy_allows_passes():
    text = '{# style= #}<script src="/static/a.js" defer></script><a href="https://example.com/">elsewhere</a>'
    assert guards.outlaws_in_template(text) == []


def test_stylesheets_and_scripts_fetch_from_no_other_host():
    files = [path for kind in ("css", "js") for path in (ROOT / "static").rglob(f"*.{kind}")]
    assert len(files) >= 6
    assert {relative(path): hosts for path in files if (hosts := guards.outlaws_in_static(path.read_text()))} == {}


@pytest.mark.parametrize(
    "text", ['fetch("https://api.example/x")', "@import url(//fonts.example/a.css)", "url('http://a.example/b')"]
)
def test_a_foreign_address_in_a_stylesheet_or_script_is_refused(text):
    assert len(guards.outlaws_in_static(text)) == 1


# Size


def too_long(texts: dict[str, str]) -> list[str]:
    return [name for name, text in texts.items() if text.count("\n") > LONGEST]


def test_no_file_is_longer_than_400_lines():
    kinds = {".py", ".html", ".css", ".js"}
    folders = ("aslms_site", "championship", "news", "templates", "static", "tests", "tools")
    paths = [path for folder in folders for path in (ROOT / folder).rglob("*") if path.suffix in kinds]
    names = {relative(path): path for path in paths if not relative(path).startswith(LENGTH_EXEMPT)}
    assert len(names) >= 80
    assert too_long({name: path.read_text() for name, path in names.items()}) == []


def test_a_file_of_401_lines_is_refused():
    assert too_long({"short.py": "\n" * 400, "long.py": "\n" * 401}) == ["long.py"]


# Migrations


def pending(from_state: ProjectState) -> set[str]:
    """Names of our apps whose models differ from what the migrations make."""
    detector = MigrationAutodetector(from_state, ProjectState.from_apps(apps))
    return set(detector.changes(graph=MigrationLoader(None).graph)) & {"championship", "news", "accounts"}


def test_the_migrations_make_what_the_models_say():
    assert pending(MigrationLoader(None).project_state()) == set()


def test_a_model_without_a_migration_is_found():
    assert pending(ProjectState()) == {"championship", "news", "accounts"}
