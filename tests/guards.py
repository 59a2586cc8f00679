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
# The same for news/, which may also import these parts of championship/. The sport never knows of the newsroom.
NEWS_LAYERS: dict[str, frozenset[str]] = {
    "markup": frozenset(),
    "record": frozenset({"markup"}),
    "drawing": frozenset(),
    "roles": frozenset(),
    "rights": frozenset({"models"}),
    "models": frozenset({"markup"}),
    "migrations": frozenset({"models", "roles"}),
    "selectors": frozenset({"markup", "models", "drawing"}),
    "services": frozenset({"markup", "record", "drawing", "models"}),
    "apps": frozenset({"models"}),
    "admin": frozenset({"markup", "models", "selectors", "services", "roles", "rights"}),
    "views": frozenset({"markup", "models", "selectors", "services"}),
    "management": frozenset({"markup", "record", "models", "selectors", "services"}),
}
NEWS_KNOWS: dict[str, frozenset[str]] = {
    "markup": frozenset(),
    "record": frozenset({"rules", "record"}),
    "drawing": frozenset(),
    "roles": frozenset({"rules"}),
    "rights": frozenset({"rights"}),
    "models": LAYERS["models"] | {"models"},
    "migrations": frozenset(),
    "selectors": LAYERS["selectors"] | {"selectors"},
    "services": LAYERS["services"] | {"services"},
    "apps": BELOW_THE_PAGES,
    "admin": BELOW_THE_PAGES | {"context", "admin"},
    "views": BELOW_THE_PAGES | {"context", "views"},
    "management": BELOW_THE_PAGES,
}
PURE = {"rules": frozenset(), "timing": frozenset(), "record": frozenset({"tomli_w"}), "imaging": frozenset({"PIL"})}
NEWS_PURE = {"markup": frozenset({"nh3"}), "record": frozenset(), "drawing": frozenset({"PIL"})}
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
    package, _, rest = module.partition(".")
    layer = rest.partition(".")[0]
    table = {"championship": LAYERS, "news": NEWS_LAYERS}.get(package)
    if table is not None and layer and layer not in table:
        return [f"{module}: {layer} has no place in the layer table"]
    wrong = (_wrong(package, layer, name) for name in imported(ast.parse(source)))
    return [f"{module} imports {text}" for text in wrong if text]


def _wrong(package: str, layer: str, name: str) -> str:
    """What is wrong with an import of `name` in a layer of a package, "" when nothing is."""
    top, _, tail = name.partition(".")
    other = tail.partition(".")[0]
    if top in {"tests", "tools"}:
        return f"{name}: the site does not need its tests"
    if package not in {"championship", "news"}:
        return ""
    if top == "aslms_site":
        return f"{name}: aslms_site stands above"
    if top == "news" and package == "championship":
        return f"{name}: the sport does not know of the newsroom"
    if top in {"championship", "news"}:
        return "" if not layer or other in _known(package, layer, top) else f"{name}: {layer} may not import {other}"
    return "" if _is_allowed(package, layer, top) else f"{name}: {layer} is pure Python"


def _known(package: str, layer: str, top: str) -> frozenset[str]:
    """What a layer of a package may import from `top`, its own or the other package."""
    if package != top:
        return NEWS_KNOWS[layer]
    return {"championship": LAYERS, "news": NEWS_LAYERS}[package][layer] | {layer}


def _is_allowed(package: str, layer: str, top: str) -> bool:
    """Whether a layer may import this library: pure ones take the standard library and what is named for them."""
    pure = {"championship": PURE, "news": NEWS_PURE}[package]
    return layer not in pure or top in sys.stdlib_module_names | pure[layer]


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


def knows_the_newsroom(text: str) -> bool:
    """Whether a template shows something of the newsroom by itself, not through the tags of `joins`."""
    return re.search(r"""["'](?:news/|components/(?:story|news|block)_)""", text) is not None


def outlaws_in_static(text: str) -> list[str]:
    """Addresses of other hosts that a stylesheet or script would fetch; names of XML vocabularies are not."""
    without_names = text.replace("http://www.w3.org/", "")
    without_comments = re.sub(r"/\*.*?\*/", "", without_names, flags=re.DOTALL)
    return re.findall(r"""(?:["'(]\s*)((?:https?:)?//[\w.]+)""", without_comments)


def names_its_parameters(component: str) -> bool:
    """Whether the component's first line is a comment that says something."""
    return re.match(r"{#\s*\S.*#}\s*$", component.partition("\n")[0]) is not None
