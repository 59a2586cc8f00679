"""What a reader of a page sees: its text and its links, without the markup."""

import html
import re

from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext


def text_of(response: HttpResponse) -> str:
    """The words of the page's content, between header and footer, with single spaces."""
    page = response.content.decode()
    found = re.search(r"<main.*?</main>", page, re.DOTALL)
    plain = re.sub(r"<[^>]+>", " ", found.group() if found else page)
    return re.sub(r"\s+([,.;:])", r"\1", " ".join(html.unescape(plain).split()))


def links_of(response: HttpResponse) -> list[str]:
    """The addresses that the page's content links to, in order."""
    found = re.search(r"<main.*?</main>", response.content.decode(), re.DOTALL)
    return [html.unescape(link) for link in re.findall(r'<a [^>]*href="([^"]*)"', found.group() if found else "")]


def head_of(response: HttpResponse) -> dict[str, str]:
    """Title, description and canonical address of the page."""
    page = response.content.decode()
    patterns = {
        "title": r"<title>(.*?)</title>",
        "description": r'<meta name="description" content="(.*?)">',
        "canonical": r'<link rel="canonical" href="(.*?)">',
    }
    return {name: html.unescape(re.search(pattern, page, re.DOTALL).group(1)) for name, pattern in patterns.items()}


def queries_of(client: Client, address: str) -> int:
    """How many queries the page takes; it must be there."""
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)
