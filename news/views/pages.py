from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from news.selectors.pages import present_page_address, site_page


@require_safe
def page(request: HttpRequest, slug: str) -> HttpResponse:
    found = site_page(slug)
    if found is None:
        address = present_page_address(slug)
        if not address:
            raise Http404
        return redirect(address, permanent=True)
    context = {
        "page": found,
        "crumbs": [("Home", reverse("home")), (found.headline, "")],
        "contact": settings.CONTACT,
        "contact_name": settings.CONTACT.removeprefix("mailto:").removeprefix("https://"),
    }
    return render(request, "news/pages/page.html", context)
