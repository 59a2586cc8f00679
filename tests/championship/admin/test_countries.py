from pytest_django.asserts import assertHTMLEqual

from championship.admin.countries import CountrySelect
from championship.models import Team


def test_the_choice_of_a_country_is_what_django_writes():
    field = Team._meta.get_field("country").formfield()
    ours, theirs = CountrySelect(choices=field.choices), field.widget
    for value in ("DE", "", None, "<&"):
        for attrs in ({"id": "id_country", "required": True}, None):
            assertHTMLEqual(ours.render("country", value, attrs), theirs.render("country", value, attrs))
