"""Pages that belong to no part of the sport: the front page, and what machines ask for."""

from datetime import timedelta

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from aslms_site.accounts import parking
from aslms_site.share import site_card
from championship import clock, rights
from championship import stamp as content_stamp
from championship.selectors.home import home_page
from news.drawing.share import draw
from news.selectors.pages import present_page_address
from news.views.stories import share_answer

PLAIN = "text/plain; charset=utf-8"
RETRY_AFTER = 5


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    return render(request, "aslms_site/home.html", {"page": home_page()})


@require_safe
def site_share(request: HttpRequest, stamp: int) -> HttpResponse:
    """The picture that other sites show beside a link to a page without one of its own, as it is now.

    Kept for a year under the stamp of today, as the colours of the classes are.
    """
    is_current = stamp == content_stamp.current()
    return share_answer(draw(site_card()), is_current=is_current)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Why somebody may not do that, as far as it is known, and what he or she may do instead."""
    user = getattr(request, "user", None)
    context = {
        "reason": str(exception),
        "roles": [group.name for group in user.groups.all()] if user is not None else [],
        "duties": rights.duties(user) if user is not None else (),
    }
    return render(request, "aslms_site/forbidden.html", context, status=403)


def busy(request: HttpRequest) -> HttpResponse:
    """That nothing was written, and a button that sends the same again."""
    # What is typed on pages of accounts are passwords and codes.
    is_account = request.path_info.startswith(f"{settings.STAFF_PATH}account/")
    context = {
        "path": request.get_full_path(),
        "is_post": request.method == "POST",
        "parked": None if is_account else parking.park(request),
    }
    response = render(request, "aslms_site/busy.html", context, status=503)
    response.headers["Retry-After"] = str(RETRY_AFTER)
    return response


@require_safe
def robots_txt(request: HttpRequest) -> HttpResponse:
    lines = [
        "User-agent: *",
        f"Disallow: {settings.STAFF_PATH}",
        "",
        f"Sitemap: {settings.SITE_URL}{reverse('sitemap')}",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type=PLAIN)


@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    """RFC 9116. It must say when it expires; half a year, counted from the first of the month, keeps it cacheable."""
    contact = settings.CONTACT or f"{settings.SITE_URL}{present_page_address('contact') or reverse('home')}"
    month = clock.now().replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    lines = [
        f"Contact: {contact}",
        f"Expires: {month + timedelta(days=180):%Y-%m-%dT%H:%M:%SZ}",
        "Preferred-Languages: en",
        f"Canonical: {settings.SITE_URL}{reverse('security_txt')}",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type=PLAIN)


@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    """For programs that ask without reading the page; the file's own address may carry a fingerprint."""
    return redirect(static("img/favicon.svg"))


@require_safe
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers."""
    return HttpResponse("ok\n", content_type=PLAIN)


@require_safe
@never_cache
def readyz(request: HttpRequest) -> HttpResponse:
    """The database answers and has every migration; otherwise 503 with the reason."""
    try:
        executor = MigrationExecutor(connection)
        pending = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        return HttpResponse("the database does not answer\n", status=503, content_type=PLAIN)
    if pending:
        return HttpResponse(f"{len(pending)} migrations are missing\n", status=503, content_type=PLAIN)
    return HttpResponse("ready\n", content_type=PLAIN)
