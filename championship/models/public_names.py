"""Whom the public knows: cars, teams and drivers that a published list or classification names."""

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from championship.models.classifications import Classification, Result
from championship.models.entry_lists import EntryListLine


def publicly_named(rows: QuerySet[Any], *, line: str, result: str) -> QuerySet[Any]:
    """Those of `rows` that the public knows; `line` and `result` lead to them from a line of a list and from a result.

    What is entered only is nobody's business.
    """
    listed = EntryListLine.objects.published().filter(**{line: OuterRef("pk")})
    published = Classification.objects.published().order_by()
    raced = Result.objects.filter(classification__in=published, **{result: OuterRef("pk")})
    return rows.filter(Exists(listed) | Exists(raced))
