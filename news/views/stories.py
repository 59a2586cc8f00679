from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from news.selectors.share import share_picture
from news.selectors.stories import StoryListPage, next_moment, story_list_page
from news.selectors.story import present_address, story_page

FOREVER = "public, max-age=31536000, immutable"
DIGITS = 4


@require_safe
def news(request: HttpRequest) -> HttpResponse:
    page = _list_page(request)
    return render(
        request, "news/stories/news.html", {"page": page, "crumbs": [("Home", reverse("home")), ("News", "")]}
    )


@require_safe
def topic(request: HttpRequest, slug: str) -> HttpResponse:
    page = _list_page(request, topic=slug)
    crumbs = [("Home", reverse("home")), ("News", reverse("news")), (page.topic, "")]
    return render(request, "news/stories/topic.html", {"page": page, "crumbs": crumbs})


@require_safe
def story(request: HttpRequest, slug: str) -> HttpResponse:
    page = story_page(slug)
    if page is None:
        address = present_address(slug)
        if not address:
            # People who know the address ask for it at its moment.
            request.valid_until = next_moment()  # type: ignore[attr-defined]  # read by aslms_site.middleware
            raise Http404
        return redirect(address, permanent=True)
    request.valid_until = page.valid_until  # type: ignore[attr-defined]  # read by aslms_site.middleware
    crumbs = [("Home", reverse("home")), ("News", reverse("news")), (page.headline, "")]
    return render(request, "news/stories/story.html", {"page": page, "crumbs": crumbs})


@require_safe
def story_share(request: HttpRequest, slug: str, content: str) -> HttpResponse:
    """The picture for other sites, kept for a year under the address of exactly this content."""
    picture = share_picture(slug, content)
    if picture is None:
        raise Http404
    return share_answer(picture.content, is_current=picture.is_current)


def share_answer(content: bytes, *, is_current: bool) -> HttpResponse:
    """A picture for other sites: the one kind of file that is made to stand on their pages."""
    response = HttpResponse(content, content_type="image/png")
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    if is_current:
        response.headers["Cache-Control"] = FOREVER
    return response


def _list_page(request: HttpRequest, *, topic: str = "") -> StoryListPage:
    asked = request.GET.get("page", "1")
    is_number = asked.isascii() and asked.isdigit() and len(asked) <= DIGITS
    page = story_list_page(topic=topic, number=int(asked)) if is_number else None
    if page is None:
        raise Http404
    request.valid_until = page.valid_until  # type: ignore[attr-defined]  # read by aslms_site.middleware
    return page
