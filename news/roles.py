"""Who may do what in the newsroom, as `news/roles.toml` says it."""

from functools import cache
from pathlib import Path

from championship.rules.roles import Roles, read

FILE = Path(__file__).resolve().parent / "roles.toml"


@cache
def roles() -> Roles:
    return read(FILE.read_text(encoding="utf-8"))
