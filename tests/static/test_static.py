"""What the browser fetches besides the pages."""

import gzip
import re
from pathlib import Path

from django_countries.data import COUNTRIES

STATIC = Path(__file__).resolve().parents[2] / "static"
TEMPLATES = STATIC.parent / "templates"


def squeezed(pattern: str) -> int:
    """Bytes of all matching files after gzip, each on its own as a browser gets them."""
    files = list(STATIC.glob(pattern))
    assert files
    return sum(len(gzip.compress(path.read_bytes())) for path in files)


def test_every_country_has_its_flag():
    symbols = set(re.findall(r'<symbol id="([^"]+)"', (STATIC / "img" / "flags.svg").read_text()))
    assert symbols == {code.lower() for code in COUNTRIES}


def linked_scripts(folder=""):
    """Names of the scripts that templates of readers load, or those of `folder`."""
    templates = [path for path in TEMPLATES.rglob("*.html") if (TEMPLATES / "admin" in path.parents) == (folder != "")]
    return set(re.findall(r"js/([a-z-]+\.js)", "".join(path.read_text(encoding="utf-8") for path in templates)))


def test_scripts_of_readers_stay_below_15_kb():
    names = linked_scripts()
    assert "filters.js" in names
    assert sum(squeezed(f"js/{name}") for name in names) <= 15_000


def test_no_reader_loads_a_script_of_the_officials():
    assert linked_scripts() & linked_scripts("admin") == set()


def test_the_order_of_the_layers_is_declared_once():
    declared = [path.name for path in STATIC.glob("css/*.css") if re.search(r"@layer [a-z]+,", path.read_text())]
    assert declared == ["tokens.css"]


def test_every_stylesheet_is_linked():
    templates = TEMPLATES
    linked = "".join(path.read_text(encoding="utf-8") for path in templates.rglob("*.html"))
    assert {path.name for path in STATIC.glob("css/*.css")} == set(re.findall(r"css/([a-z-]+\.css)", linked))


def test_the_typeface_comes_with_its_licence():
    assert "SIL Open Font License" in (STATIC / "fonts" / "LICENSE-archivo.txt").read_text()
