"""The part of JSON Schema that the site's own schemas use; an unknown keyword is an error, so nothing is skipped."""

from collections.abc import Callable, Iterator
from typing import Any

TYPES = {"object": dict, "array": list, "string": str, "integer": int, "boolean": bool, "null": type(None)}
SAID_ELSEWHERE = {"$schema", "$defs", "title", "description", "format"}

Schema = dict[str, Any]


def complaints(value: Any, schema: Schema, root: Schema | None = None, at: str = "$") -> list[str]:
    """Where `value` is not what `schema` describes, in words."""
    root = root or schema
    if "type" in schema and (wrong := _type(value, schema["type"], root, at)):
        return wrong
    keywords = [keyword for keyword in schema if keyword not in SAID_ELSEWHERE]
    return [text for keyword in keywords for text in CHECKS[keyword](value, schema[keyword], root, at)]


def _ref(value: Any, name: str, root: Schema, at: str) -> list[str]:
    return complaints(value, root["$defs"][name.removeprefix("#/$defs/")], root, at)


def _type(value: Any, name: str, _root: Schema, at: str) -> list[str]:
    return [] if type(value) is TYPES[name] else [f"{at}: {value!r} is no {name}"]


def _enum(value: Any, allowed: list[Any], _root: Schema, at: str) -> list[str]:
    return [] if value in allowed else [f"{at}: {value!r} is none of {allowed}"]


def _any_of(value: Any, schemas: list[Schema], root: Schema, at: str) -> list[str]:
    return [] if any(not complaints(value, one, root, at) for one in schemas) else [f"{at}: {value!r} fits nothing"]


def _minimum(value: Any, least: int, _root: Schema, at: str) -> list[str]:
    return [] if value >= least else [f"{at}: {value!r} is below {least}"]


def _required(value: Any, names: list[str], _root: Schema, at: str) -> list[str]:
    return [f"{at}: no {name}" for name in names if name not in value]


def _properties(value: Any, schemas: dict[str, Schema], root: Schema, at: str) -> Iterator[str]:
    yield from (f"{at}: nobody said {name}" for name in sorted(value.keys() - schemas.keys()))
    for name in sorted(value.keys() & schemas.keys()):
        yield from complaints(value[name], schemas[name], root, f"{at}.{name}")


def _additional(value: Any, schema: Schema, root: Schema, at: str) -> Iterator[str]:
    for name, one in value.items():
        yield from complaints(one, schema, root, f"{at}.{name}")


def _items(value: Any, schema: Schema, root: Schema, at: str) -> Iterator[str]:
    for index, one in enumerate(value):
        yield from complaints(one, schema, root, f"{at}[{index}]")


CHECKS: dict[str, Callable[..., Any]] = {
    "$ref": _ref,
    "type": _type,
    "enum": _enum,
    "anyOf": _any_of,
    "minimum": _minimum,
    "required": _required,
    "properties": _properties,
    "additionalProperties": _additional,
    "items": _items,
}
