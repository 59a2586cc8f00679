"""What a reader sees of a table of a title: its lines, and what each total is made of."""

import re

from django.http import HttpResponse


def rows_of(response: HttpResponse) -> list[str]:
    """The lines of the matrix as text, in order."""
    page = response.content.decode()
    found = re.findall(r'<tr id="line-[^"]*".*?</tr>', page, re.DOTALL)
    return [" ".join(re.sub(r"<[^>]+>", " ", row).split()) for row in found]


def why(response: HttpResponse, contender: str) -> str:
    """What the page says a contender's total is made of."""
    page = response.content.decode()
    found = re.search(rf'<tr id="why-{contender}".*?</tr>', page, re.DOTALL)
    return re.sub(r"\s+([,.;:])", r"\1", " ".join(re.sub(r"<[^>]+>", " ", found.group()).split()))
