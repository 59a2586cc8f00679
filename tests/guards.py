"""The checkers behind tests/test_architecture.py: text in, complaints out, so that each can be shown a wrong one."""

import ast
import re
import sys
from collections.abc import Iterator

BELOW_THE_PAGES = frozenset(
    {"rules", "timing", "record", "imaging", "clock", "stamp", "models", "rights", "selectors", "services"}
)

# What each folder or module of championship/ may import from championship/, besides itself.
LAYERS: dict[str, frozenset[str]] = {
    "rules": frozenset(),
    "timing": frozenset({"rules"}),
    "record": frozenset({"rules"}),
    "imaging": frozenset({"rules"}),
    "clock": frozenset(),
    "stamp": frozenset({"models"}),
    "models": frozenset({"rules", "clock"}),
    "rights": frozenset({"models"}),
    "migrations": frozenset({"rules", "models"}),
    "selectors": frozenset({"rules", "models", "clock", "stamp"}),
    "services": frozenset({"rules", "timing", "record", "imaging", "models", "rights", "clock", "stamp"}),
    "converters": frozenset({"rules"}),
    "apps": BELOW_THE_PAGES,
    "context": BELOW_THE_PAGES,
    "templatetags": BELOW_THE_PAGES,
    "admin": BELOW_THE_PAGES | {"context"},
    "views": BELOW_THE_PAGES | {"context"},
    "management": BELOW_THE_PAGES,
}
PURE = {"rules": frozenset(), "timing": frozenset(), "record": frozenset({"tomli_w"}), "imaging": frozenset({"PIL"})}
CLOCK_CALLS = re.compile(r"\b(timezone\.now|timezone\.localdate|datetime\.(now|today|utcnow)|date\.today)$")


def imported(tree: ast.AST) -> Iterator[str]:
    """Dotted names of all that a module imports, wherever it does so."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def wrong_imports(module: str, source: str) -> list[str]:
    """Imports that point down the layer table. `module` is dotted: "championship.rules.standings"."""
    found = []
    package, _, rest = module.partition(".")
    layer = rest.partition(".")[0]
    if package == "championship" and layer and layer not in LAYERS:
        return [f"{module}: {layer} has no place in the layer table"]
    for name in imported(ast.parse(source)):
        top, _, tail = name.partition(".")
        other = tail.partition(".")[0]
        if top in {"tests", "tools"}:
            found.append(f"{module} imports {name}: the site does not need its tests")
        elif package != "championship":
            continue
        elif top == "aslms_site":
            found.append(f"{module} imports {name}: aslms_site stands above")
        elif top == "championship":
            if layer and other != layer and other not in LAYERS[layer]:
                found.append(f"{module} imports {name}: {layer} may not import {other}")
        elif layer in PURE and top not in sys.stdlib_module_names | PURE[layer]:
            found.append(f"{module} imports {name}: {layer} is pure Python")
    return found


def real_clocks(module: str, source: str) -> list[str]:
    """Places that ask the real clock, which SITE_NOW cannot freeze; `auto_now` fields ask it too."""
    tree = ast.parse(source)
    asked = [ast.unparse(node) for node in ast.walk(tree) if isinstance(node, ast.Attribute)]
    asked = [text for text in asked if CLOCK_CALLS.search(text)]
    asked += [name for name in imported(tree) if name in {"django.utils.timezone.now", "time.time"}]
    asked += [
        f"{keyword.arg}=True"
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        for keyword in node.keywords
        if keyword.arg in {"auto_now", "auto_now_add"}
    ]
    return [f"{module}: {text}; ask championship.clock.now" for text in asked]


def rendered_templates(folder: str, source: str) -> tuple[set[str], list[str]]:
    """(templates under `folder` that the module's views render, complaints about views that render another's).

    A template's path is `folder` and the name of the function: "championship/teams" and `def team` make
    "championship/teams/team.html".
    """
    area = folder.partition("/")[0]
    rendered, complaints = set(), []
    for function in ast.parse(source).body:
        if not isinstance(function, ast.FunctionDef):
            continue
        own = f"{folder}/{function.name}.html"
        for node in ast.walk(function):
            if isinstance(node, ast.Constant) and re.fullmatch(rf"{area}/\S+\.html", str(node.value)):
                if node.value == own:
                    rendered.add(own)
                else:
                    complaints.append(f"{function.name} renders {node.value}, not {own}")
    return rendered, complaints


def outlaws_in_template(text: str) -> list[str]:
    """What the content security policy of public pages would block: inline code and style, other hosts."""
    text = re.sub(r"{#.*?#}|{% comment %}.*?{% endcomment %}", "", text, flags=re.DOTALL)
    rules = {
        "inline style": r"<style|\sstyle\s*=",
        "inline script": r"<script(?![^>]*\ssrc=)",
        "event handler": r"<[^>]*\son[a-z]+\s*=",
        "script address": r"javascript:",
        "other host": r"<(?!a\b)[^>]*\s(?:src|srcset|href|action|poster|data)\s*=\s*[\"']?(?:https?:)?//",
    }
    return [name for name, pattern in rules.items() if re.search(pattern, text, re.IGNORECASE)]


def outlaws_in_static(text: str) -> list[str]:
    """Addresses of other hosts that a stylesheet or script would fetch; names of XML vocabularies are not."""
    without_names = text.replace("http://www.w3.org/", "")
    without_comments = re.sub(r"/\*.*?\*/", "", without_names, flags=re.DOTALL)
    return re.findall(r"""(?:["'(]\s*)((?:https?:)?//[\w.]+)""", without_comments)


def names_its_parameters(component: str) -> bool:
    """Whether the component's first line is a comment that says something."""
    return re.match(r"{#\s*\S.*#}\s*$", component.partition("\n")[0]) is not None
