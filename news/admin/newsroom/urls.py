"""The addresses of the newsroom, under /admin/newsroom/. The admin site adds them, each behind its login check."""

from collections.abc import Callable

from django.urls import URLPattern, path

from news.admin.newsroom import agenda, archive, editions, front, previews, publish, review

STORY = "newsroom/<int:story>/"
EDITION = f"{STORY}editions/<int:number>/"


def patterns(guarded: Callable[..., Callable[..., object]]) -> list[URLPattern]:
    """All patterns; `guarded` is the admin site's `admin_view`."""
    views = [
        ("newsroom/", front.newsroom, "newsroom"),
        ("newsroom/agenda/", agenda.newsroom_agenda, "newsroom_agenda"),
        (f"{STORY}publish/", publish.newsroom_publish, "newsroom_publish"),
        (f"{STORY}publish/words/", publish.newsroom_words, "newsroom_words"),
        (f"{STORY}submit/", review.newsroom_submit, "newsroom_submit"),
        (f"{STORY}return/", review.newsroom_return, "newsroom_return"),
        (f"{STORY}looked/", front.newsroom_looked, "newsroom_looked"),
        (f"{STORY}archive/", archive.newsroom_archive, "newsroom_archive"),
        (f"{STORY}editions/", editions.newsroom_editions, "newsroom_editions"),
        (EDITION, editions.newsroom_edition, "newsroom_edition"),
        (f"{EDITION}restore/", editions.newsroom_restore, "newsroom_restore"),
        (f"{EDITION}milestone/", editions.newsroom_milestone, "newsroom_milestone"),
        (f"{STORY}compare/", editions.newsroom_compare, "newsroom_compare"),
        (f"{STORY}previews/", previews.newsroom_previews, "newsroom_previews"),
        (f"{STORY}previews/<int:preview>/revoke/", previews.newsroom_revoke, "newsroom_revoke"),
    ]
    return [path(route, guarded(view), name=name) for route, view, name in views]
