"""Who may do what, as `championship/roles.toml` says it: rights in words, the roles that have them, permissions."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FILE = Path(__file__).resolve().parent.parent / "roles.toml"
ADMINISTRATOR = "Administrator"


@dataclass(frozen=True, slots=True, kw_only=True)
class Right:
    """`roles` are names as people read them, none for what only administrators may; `permissions` are codenames."""

    what: str
    roles: tuple[str, ...]
    permissions: tuple[str, ...]
    nobody: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Roles:
    """`names` by key, as in `{"stewards": "Stewards' secretary"}`, in the order of the table."""

    names: dict[str, str]
    rights: tuple[Right, ...]

    def permissions(self, name: str) -> tuple[str, ...]:
        """Codenames of all that the role of this name may do."""
        return tuple(code for right in self.rights if name in right.roles for code in right.permissions)

    def table(self) -> str:
        """The table of the documentation, as Markdown."""
        names = [*self.names.values(), ADMINISTRATOR]
        lines = [["", *names], ["---"] * (len(names) + 1)]
        for right in self.rights:
            may = [name in right.roles or (name == ADMINISTRATOR and not right.nobody) for name in names]
            lines.append([right.what, *("yes" if one else "no" for one in may)])
        return "\n".join(f"| {' | '.join(cells)} |".replace("|  |", "| |") for cells in lines) + "\n"


def read(text: str) -> Roles:
    """The roles of such a file. Raises KeyError for a role or a list of nouns that it does not name."""
    found = tomllib.loads(text)
    names: dict[str, str] = found["roles"]
    lists: dict[str, str] = found.get("nouns", {})
    rights = [
        Right(
            what=right["what"],
            roles=tuple(names[key] for key in right.get("roles", ())),
            permissions=tuple(
                f"{verb}_{noun}" for verb, nouns in right["may"].items() for noun in _spelled_out(nouns, lists)
            ),
            nobody=right.get("nobody", False),
        )
        for right in found["right"]
    ]
    return Roles(names=names, rights=tuple(rights))


@cache
def roles() -> Roles:
    """The roles of this site."""
    return read(FILE.read_text(encoding="utf-8"))


def _spelled_out(nouns: str, lists: dict[str, str]) -> list[str]:
    return [
        noun
        for word in nouns.split()
        for noun in (lists[word.removeprefix("@")].split() if word.startswith("@") else [word])
    ]
