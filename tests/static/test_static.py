"""What the browser fetches besides the pages."""

import gzip
import re
from pathlib import Path

from django_countries.data import COUNTRIES

STATIC = Path(__file__).resolve().parents[2] / "static"


def squeezed(pattern: str) -> int:
    """Bytes of all matching files after gzip, each on its own as a browser gets them."""
    files = list(STATIC.glob(pattern))
    assert files
    return sum(len(gzip.compress(path.read_bytes())) for path in files)


def test_every_country_has_its_flag():
    symbols = set(re.findall(r'<symbol id="([^"]+)"', (STATIC / "img" / "flags.svg").read_text()))
    assert symbols == {code.lower() for code in COUNTRIES}


def test_scripts_of_public_pages_stay_below_15_kb_and_those_of_officials_below_40():
    templates = STATIC.parent / "templates"
    public = [path for path in templates.rglob("*.html") if not path.is_relative_to(templates / "admin")]
    linked = {name for path in public for name in re.findall(r"js/([a-z-]+\.js)", path.read_text(encoding="utf-8"))}
    assert {"theme.js", "filters.js", "local-time.js"} <= linked
    assert sum(squeezed(f"js/{name}") for name in linked) <= 15_000
    assert squeezed("js/*.js") <= 40_000


def test_the_library_of_the_editor_is_for_officials_alone():
    templates = STATIC.parent / "templates"
    users = {path.name for path in STATIC.glob("js/*.js") if "django_prose_editor" in path.read_text(encoding="utf-8")}
    assert "body-editor.js" in users
    needing = users | {
        path.name for path in STATIC.glob("js/*.js") if any(f"./{name}" in path.read_text() for name in users)
    }
    public = [path for path in templates.rglob("*.html") if not path.is_relative_to(templates / "admin")]
    linked = {name for path in public for name in re.findall(r"js/([a-z-]+\.js)", path.read_text(encoding="utf-8"))}
    assert needing & linked == set()
    assert not any("prose_editor" in path.read_text(encoding="utf-8") for path in public)


def test_the_order_of_the_layers_is_declared_once():
    declared = [path.name for path in STATIC.glob("css/*.css") if re.search(r"@layer [a-z]+,", path.read_text())]
    assert declared == ["tokens.css"]


def test_every_stylesheet_is_linked():
    templates = STATIC.parent / "templates"
    linked = "".join(path.read_text(encoding="utf-8") for path in templates.rglob("*.html"))
    assert {path.name for path in STATIC.glob("css/*.css")} == set(re.findall(r"css/([a-z-]+\.css)", linked))


def test_the_typeface_comes_with_its_licence():
    assert "SIL Open Font License" in (STATIC / "fonts" / "LICENSE-archivo.txt").read_text()
