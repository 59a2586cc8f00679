import pytest
from django.urls import Resolver404, resolve

NAME = "abcdefghijklmnopqrstuvwx27"


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("/2023-24/", "season"),
        ("/2024/", "season"),
        ("/2023-24/sepang/", "event"),
        ("/2023-24/calendar/", "season_calendar"),
        ("/2023-24/calendar.ics", "season_ics"),
        ("/2023-24/sepang.ics", "event_ics"),
        ("/2023-24/sepang/race-1.ics", "session_ics"),
        ("/2023-24/sepang/race-1/", "classification"),
        ("/2023-24/entries/", "entry_list"),
        ("/2023-24/entries.csv", "entry_list_csv"),
        ("/2023-24/entries/r1/", "entry_list_revision"),
        ("/2023-24/entries/changes/", "entry_list_changes"),
        ("/2023-24/entries/007/", "entry"),
        ("/2023-24/entries/22A/", "entry"),
        ("/2023-24/entries/22a/", "entry"),
        ("/2023-24/sepang/entries/r12/", "event_entry_list_revision"),
        ("/circuits/sepang/", "circuit"),
        (f"/pictures/{NAME}-640.avif", "picture_file"),
        (f"/pictures/{NAME}-lead-1280.jpg", "picture_file"),
    ],
)
def test_an_address_is_read_in_one_way(address, name):
    assert resolve(address).url_name == name


@pytest.mark.parametrize(
    "address",
    [
        *("/٢٠٢٣/", "/2023-24\n/", "/2023-24/entries/1234/", "/2023-24/entries/7AA/"),
        *("/2023-24/standings.ics", "/2023-24/results/race-1/"),
        *(f"/pictures/{NAME}/", f"/pictures/{NAME}-master.jpg", f"/pictures/{NAME}/640.jpg"),
    ],
)
def test_what_has_not_the_form_of_a_season_an_event_or_a_car_number_is_no_address(address):
    with pytest.raises(Resolver404):
        resolve(address)


@pytest.mark.parametrize("address", ["/2023-2024/", "/23-24/", "/sepang/", "/pictures/"])
def test_a_word_at_the_root_that_is_no_season_can_only_be_a_page(address):
    assert resolve(address).url_name == "page"
