"""The border between public pages and the officials' side."""

import pytest
from django.contrib.auth.models import User
from django.http import HttpResponse
from django.test import Client
from django.urls import include, path, reverse

from aslms_site import middleware

PUBLIC_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
    "manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


def page(request):
    return HttpResponse("the same for everybody")


def page_with_its_own_policy(request):
    return HttpResponse("rarely changes", headers={"Cache-Control": "public, max-age=3600"})


def who(request):
    return HttpResponse(f"session: {hasattr(request, 'session')}, user: {hasattr(request, 'user')}")


def broken(request):
    return HttpResponse("sorry", status=503)


urlpatterns = [
    path("page/", page),
    path("rare/", page_with_its_own_policy),
    path("who/", who),
    path("broken/", broken),
    path("", include("aslms_site.urls")),
]
pytestmark = pytest.mark.urls(__name__)


def directives(policy: str) -> set[str]:
    return {part.strip() for part in policy.split(";")}


@pytest.fixture
def official(db):
    client = Client()
    client.force_login(User.objects.create_superuser("official", password="a-long-enough-password"))
    return client


def test_the_staff_path_is_where_the_admin_is(settings):
    assert reverse("admin:index") == settings.STAFF_PATH


def test_a_public_answer_may_be_kept_by_any_cache(client):
    answer = client.get("/page/")
    assert answer.headers["Cache-Control"] == middleware.PUBLIC_CACHE_CONTROL
    assert "Vary" not in answer.headers
    assert answer.cookies == {}


def test_a_public_answer_is_the_same_for_a_reader_who_is_logged_in(client, official):
    official.cookies["csrftoken"] = "mangled"
    official.cookies["messages"] = "mangled"
    anonymous, known = client.get("/page/"), official.get("/page/")
    assert known.content == anonymous.content
    assert known.headers == anonymous.headers
    assert known.cookies == {}


def test_a_public_view_cannot_know_who_reads(official):
    assert official.get("/who/").content == b"session: False, user: False"


def test_django_itself_would_have_varied_by_cookie(official, settings):
    settings.MIDDLEWARE = [
        "django.contrib.sessions.middleware.SessionMiddleware" if "StaffSession" in name else name
        for name in settings.MIDDLEWARE
        if "StaffAuthentication" not in name and "StaffMessage" not in name
    ]
    official.cookies["sessionid"] = "mangled"
    answer = official.get("/page/")
    assert answer.headers["Vary"] == "Cookie"
    assert "sessionid" in answer.cookies


def test_a_view_may_be_kept_longer(client):
    assert client.get("/rare/").headers["Cache-Control"] == "public, max-age=3600"


@pytest.mark.parametrize(("method", "address"), [("get", "/broken/"), ("post", "/page/")])
def test_an_error_and_the_answer_to_a_form_are_not_kept(client, method, address):
    assert getattr(client, method)(address).headers["Cache-Control"] == "no-store"


def test_a_reader_who_has_the_page_already_is_told_so(client):
    first = client.get("/page/")
    again = client.get("/page/", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_a_form_sent_to_a_public_page_is_refused_without_a_token():
    assert Client(enforce_csrf_checks=True).post("/page/").status_code == 403


@pytest.mark.django_db
def test_the_login_page_is_private_and_carries_its_token(client):
    answer = client.get("/admin/account/login/")
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert "Cookie" in answer.headers["Vary"]
    assert set(answer.cookies) == {"csrftoken"}
    assert "ETag" not in answer.headers


def test_the_admin_knows_its_official(official):
    answer = official.get("/admin/")
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert answer.context["user"].username == "official"


def test_a_public_page_runs_only_what_this_site_serves(client):
    assert directives(client.get("/page/").headers["Content-Security-Policy"]) == directives(PUBLIC_POLICY)


def test_the_admin_adds_nothing_but_style_attributes_to_that(official):
    policy = official.get("/admin/").headers["Content-Security-Policy"]
    assert directives(policy) == directives(PUBLIC_POLICY) | {"style-src-attr 'unsafe-inline'"}


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/page/", "/admin/login/", "/broken/", "/nowhere/"])
def test_every_answer_carries_the_headers_of_the_house(client, address):
    headers = client.get(address).headers
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert "camera=()" in headers["Permissions-Policy"]
    assert "default-src 'none'" in headers["Content-Security-Policy"]


def test_a_static_file_carries_them_too_and_invites_no_other_site(settings, tmp_path):
    (tmp_path / "sheet.css").write_text("p {}")
    settings.STATIC_ROOT = tmp_path
    answer = Client().get("/static/sheet.css")
    headers = answer.headers
    assert answer.getvalue() == b"p {}"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "Access-Control-Allow-Origin" not in headers
