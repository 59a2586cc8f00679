"""Forms for new rows begin with what their address says, as far as it makes sense."""

import pytest
from django.contrib import admin

from tests import factories as make
from tests.championship.admin.posting import signed_in

pytestmark = pytest.mark.django_db

ADMINS = sorted(admin.site._registry.values(), key=lambda page: page.model._meta.label_lower)


def relations_of(page):
    fields = [*page.model._meta.fields, *page.model._meta.many_to_many]
    return [field.name for field in fields if field.related_model is not None]


def address_of(page):
    return f"/admin/{page.model._meta.app_label}/{page.model._meta.model_name}/add/"


PAGES = [page for page in ADMINS if relations_of(page) and page.get_urls()]


@pytest.fixture
def client():
    make.make_user("root", is_superuser=True)
    return signed_in("root", "")


@pytest.mark.parametrize("value", ["abc", str(10**30), "\x00", "0", "1,2"])
def test_a_row_that_does_not_exist_is_left_out_of_every_new_form(client, value):
    season = make.make_season(is_current=True)
    asked = 0
    for page in PAGES:
        names = relations_of(page)
        answer = client.get(address_of(page), dict.fromkeys(names, value))
        if not page.has_add_permission(answer.wsgi_request):
            assert answer.status_code == 403
            continue
        asked += len(names)
        assert answer.status_code == 200, page
        begins_with = answer.context["adminform"].form.initial
        if page.model._meta.app_label == "championship":
            for name in names:
                assert begins_with.get(name) == (season.pk if name == "season" else None), (page, name)
    assert asked >= 12


def test_a_row_that_exists_is_chosen_already(client):
    season = make.make_season(is_current=True)
    other = make.make_season("2031-32")
    event = make.make_event(season)
    for model, name, row in (("event", "season", other), ("entry", "season", other), ("evententry", "event", event)):
        answer = client.get(f"/admin/championship/{model}/add/?{name}={row.pk}")
        assert answer.context["adminform"].form.initial[name] == str(row.pk)
        assert f'<option value="{row.pk}" selected' in answer.content.decode()
