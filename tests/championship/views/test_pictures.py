import re

import pytest
from django.core.files.storage import default_storage

from championship.models import Picture
from championship.rules.pictures import PictureFile
from championship.services import pictures
from tests import factories as make
from tests import picture_files as files
from tests.reading import queries_of, text_of

pytestmark = pytest.mark.django_db


def address(picture, rest="160.jpg"):
    return f"/pictures/{picture.name}-{rest}"


@pytest.mark.parametrize(
    ("rest", "kind"),
    [
        ("160.jpg", "image/jpeg"),
        ("160.avif", "image/avif"),
        ("lead-160.jpg", "image/jpeg"),
        ("square-120.avif", "image/avif"),
    ],
)
def test_a_file_is_sent_with_its_kind_for_a_year(client, rest, kind):
    picture = make.make_picture()
    response = client.get(address(picture, rest))
    assert response.status_code == 200
    assert response.headers["Content-Type"] == kind
    assert response.headers["Cache-Control"] == "public, max-age=31536000, immutable"
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
    assert queries_of(client, address(make.make_picture())) == 1


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
    response = client.get(path.format(name=make.make_picture().name))
    assert response.status_code == 404
    assert "There is no page at this address" in text_of(response)


def test_what_no_row_names_yet_or_any_more_is_not_sent(client):
    prepared = pictures.prepare(files.picture_file())
    assert client.get(address(prepared)).status_code == 404
    picture = make.make_picture(shade=1)
    pictures.delete(picture)
    assert client.get(address(picture)).status_code == 404
    assert not Picture.objects.exists()


def test_a_file_that_is_lost_is_not_found(client):
    picture = make.make_picture()
    default_storage.delete(PictureFile(name=picture.name, crop="", width=160, format="jpg").path)
    assert client.get(address(picture)).status_code == 404


def test_a_former_file_leads_to_the_one_in_its_place(client):
    picture = make.make_picture(size=(700, 700))
    former = picture.name
    pictures.save(picture, prepared=pictures.prepare(files.picture_file(size=(400, 400))))
    for rest, now in (("640.jpg", "320.jpg"), ("square-160.avif", "square-160.avif"), ("lead-640.jpg", "lead-320.jpg")):
        response = client.get(f"/pictures/{former}-{rest}")
        assert (response.status_code, response.url) == (302, address(picture, now))
        assert "immutable" not in response.headers["Cache-Control"]
        assert client.get(response.url).status_code == 200


def test_a_picture_is_read_only(client):
    assert client.post(address(make.make_picture())).status_code in (403, 405)
