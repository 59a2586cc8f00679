import re
from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import Group
from django.core.files.storage import default_storage

from championship.models import Circuit, Picture
from championship.rules.pictures import PictureFile
from championship.services import pictures
from tests import factories as make
from tests import picture_files as files
from tests.reading import queries_of, text_of

pytestmark = pytest.mark.django_db


def address(picture, rest="160.jpg"):
    return f"/pictures/{picture.name}-{rest}"


def shown_picture(**values):
    """A picture that the page of a circuit shows."""
    picture = make.make_picture(**values)
    make.make_circuit(f"circuit-{picture.pk}", lead_picture=picture)
    return picture


@pytest.mark.parametrize(
    ("rest", "kind"),
    [
        ("160.jpg", "image/jpeg"),
        ("160.avif", "image/avif"),
        ("lead-160.jpg", "image/jpeg"),
        ("square-120.avif", "image/avif"),
    ],
)
def test_a_file_is_sent_with_its_kind(client, rest, kind):
    picture = shown_picture()
    response = client.get(address(picture, rest))
    assert response.status_code == 200
    assert response.headers["Content-Type"] == kind
    # It may be taken down: caches between ask again soon.
    assert response.headers["Cache-Control"] == "public, max-age=86400, s-maxage=300, stale-if-error=86400"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "Set-Cookie" not in response.headers
    file = PictureFile(
        name=picture.name,
        crop=rest.partition("-")[0] if "-" in rest else "",
        width=int(re.search(r"(\d+)\.", rest)[1]),
        format=rest.partition(".")[2],
    )
    with default_storage.open(file.path) as stored:
        assert response.content == stored.read()
    again = client.get(address(picture, rest), headers={"if-none-match": response.headers["ETag"]})
    assert again.status_code == 304


def test_a_file_is_sent_after_one_query(client):
    assert queries_of(client, address(shown_picture())) == 1


@pytest.mark.parametrize(
    "path",
    [
        "/pictures/",
        "/pictures/{name}/",
        "/pictures/{name}-master.jpg",
        "/pictures/{name}/master.jpg",
        "/pictures/{name}-320.jpg",
        "/pictures/{name}-160.png",
        "/pictures/../pictures/{name}/master.jpg",
        "/media/pictures/{name}/master.jpg",
        "/var/media/pictures/{name}/160.jpg",
        "/pictures/aaaaaaaaaaaaaaaaaaaaaaaaaa-160.jpg",
    ],
)
def test_nothing_else_has_an_address_and_that_is_said_in_words(client, path):
    response = client.get(path.format(name=shown_picture().name))
    assert response.status_code == 404
    assert "There is no page at this address" in text_of(response)


def test_what_no_row_names_yet_or_any_more_is_not_sent(client):
    prepared = pictures.prepare(files.picture_file())
    assert client.get(address(prepared)).status_code == 404
    picture = shown_picture(shade=1)
    Circuit.objects.update(lead_picture=None)
    pictures.delete(picture)
    assert client.get(address(picture)).status_code == 404
    assert not Picture.objects.exists()


def test_a_file_that_is_lost_is_not_found(client):
    picture = shown_picture()
    default_storage.delete(PictureFile(name=picture.name, crop="", width=160, format="jpg").path)
    assert client.get(address(picture)).status_code == 404


def test_a_former_file_leads_to_the_one_in_its_place(client):
    picture = shown_picture(size=(700, 700))
    former = picture.name
    pictures.save(picture, prepared=pictures.prepare(files.picture_file(size=(400, 400))))
    for rest, now in (("640.jpg", "320.jpg"), ("square-160.avif", "square-160.avif"), ("lead-640.jpg", "lead-320.jpg")):
        response = client.get(f"/pictures/{former}-{rest}")
        assert (response.status_code, response.url) == (302, address(picture, now))
        assert "immutable" not in response.headers["Cache-Control"]
        assert client.get(response.url).status_code == 200


def test_a_picture_is_read_only(client):
    assert client.post(address(shown_picture())).status_code in (403, 405)


def test_a_file_is_public_only_while_something_public_shows_its_picture(client):
    picture = make.make_picture()
    hidden = client.get(address(picture))
    assert hidden.status_code == 404
    # The next moment may make it public, and no cache stands in the way then.
    assert "max-age=0, s-maxage=0, stale-while-revalidate=0" in hidden.headers["Cache-Control"]
    circuit = make.make_circuit(lead_picture=picture)
    assert client.get(address(picture)).headers["Content-Type"] == "image/jpeg"
    circuit.lead_picture = None
    circuit.save()
    assert client.get(address(picture)).status_code == 404


def test_a_former_file_leads_nowhere_while_the_picture_is_not_public(client):
    picture = make.make_picture(size=(700, 700))
    former = picture.name
    pictures.save(picture, prepared=pictures.prepare(files.picture_file(size=(400, 400))))
    answer = client.get(f"/pictures/{former}-640.jpg")
    assert answer.status_code == 404
    assert picture.name not in answer.content.decode()


def test_pictures_of_whom_no_published_list_names_are_not_public_before(client, settings):
    settings.SITE_NOW = datetime(2030, 12, 1, tzinfo=UTC)
    logo, portrait, livery = (make.make_picture(shade=shade) for shade in (1, 2, 3))
    race_class = make.make_race_class(make.make_season())
    entry = make.make_entry(race_class, crew=2, team=make.make_team(logo=logo), livery=livery)
    driver = entry.crew.first().driver
    driver.portrait = portrait
    driver.save()
    found = [address(picture) for picture in (logo, portrait, livery)]
    assert [client.get(one).status_code for one in found] == [404, 404, 404]
    make.publish_list(race_class.season)
    assert [client.get(one).headers["Content-Type"] for one in found] == ["image/jpeg"] * 3


def test_every_model_that_shows_pictures_says_which_of_its_rows_readers_see():
    silent = [model.__name__ for model, _ in Picture.shown_by() if not hasattr(model, "shown_to_readers")]
    assert silent == []


def test_officials_see_every_picture_and_nobody_keeps_it(client):
    picture = make.make_picture()
    office = f"/admin/championship/picture/files/{picture.name}-160.jpg"
    assert client.get(office).headers["Location"].startswith("/admin/login/")
    client.force_login(make.make_user("nobody"))
    assert client.get(office).status_code == 403
    user = make.make_user()
    user.groups.set(Group.objects.filter(name="Timekeeper"))
    client.force_login(user)
    answer = client.get(office)
    assert (answer.headers["Content-Type"], answer.headers["Cache-Control"]) == ("image/jpeg", "private, no-store")
    with default_storage.open(PictureFile(name=picture.name, crop="", width=160, format="jpg").path) as stored:
        assert answer.content == stored.read()
    assert client.get(office.replace("160.jpg", "161.jpg")).status_code == 404
