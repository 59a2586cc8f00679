import hashlib
from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from championship import clock
from championship.imaging.errors import PictureRefusedError
from championship.models import Picture
from championship.rules.pictures import folder, master_path
from championship.services import history, pictures, rows
from championship.services.pictures import PictureInUseError, SamePictureError
from championship.services.saving import StaleVersionError
from tests import factories as make
from tests import picture_files as files

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def sets_of_files(root):
    return {path.name for path in (root / "pictures").glob("*")}


def test_a_picture_is_taken_in_with_all_its_files(settings):
    user = make.make_user()
    content = files.picture_file("PNG", size=(400, 300))
    picture = pictures.add(content, title="Start", alt="Cars", credit="A. Photographer", licence="own", by=user)
    picture.refresh_from_db()
    assert (picture.width, picture.height, picture.version) == (400, 300, 1)
    assert (picture.alt, picture.is_decorative, picture.uploaded_by) == ("Cars", False, user)
    assert picture.sha256 == hashlib.sha256(content).hexdigest()
    assert sorted(path.name for path in (settings.MEDIA_ROOT / folder(picture.name)).iterdir()) == [
        *("320.avif", "320.jpg", "lead-320.avif", "lead-320.jpg", "master.jpg"),
        *("portrait-160.avif", "portrait-160.jpg", "square-160.avif", "square-160.jpg"),
    ]
    record = picture.history.get()
    assert (record.history_user, record.history_type) == (user, "+")


@pytest.mark.parametrize("kind", files.KINDS)
def test_nothing_that_a_photo_tells_beside_its_pixels_is_kept(settings, kind):
    content = files.photo_with_metadata(kind)
    assert files.GPS_WORDS in content
    picture = pictures.add(content, title="T", credit="C", licence="own")
    stored = [path.read_bytes() for path in (settings.MEDIA_ROOT / folder(picture.name)).iterdir()]
    assert len(stored) == 9
    assert [one for one in stored if b"garden" in one or b"Exif\0" in one or b"xmpmeta" in one] == []


@pytest.mark.parametrize("kind", files.KINDS)
def test_a_page_hidden_in_a_picture_is_in_none_of_its_files(settings, kind):
    script = b"<html><script>alert(document.domain)</script>"
    image = files.drawing()
    content = files.saved(image, kind, comment=script) if kind == "JPEG" else files.saved(image, kind)
    try:
        picture = pictures.add(content + script, title="T", credit="C", licence="own")
    except PictureRefusedError:
        assert not Picture.objects.exists()
        return
    stored = [path.read_bytes() for path in (settings.MEDIA_ROOT / folder(picture.name)).iterdir()]
    assert [one for one in stored if b"script" in one] == []


def test_without_a_description_it_is_decorative():
    assert pictures.add(files.picture_file(), title="T", credit="C", licence="own").is_decorative


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"alt": "", "is_decorative": False}, "Describe what the picture shows"),
        ({"alt": "A car", "is_decorative": True}, "Describe what the picture shows"),
        ({"credit": ""}, "This field cannot be blank"),
        ({"licence": ""}, "This field cannot be blank"),
        ({"licence": "mine"}, "not a valid choice"),
        ({"focus_x": 101}, "less than or equal to 100"),
    ],
)
def test_a_picture_needs_its_words(values, words):
    picture = pictures.add(files.picture_file(), title="T", alt="A", credit="C", licence="own")
    prepared = pictures.prepare_again(picture, focus=(values.get("focus_x", 50), 50))
    for name, value in values.items():
        setattr(picture, name, value)
    with pytest.raises(ValidationError, match=words):
        pictures.save(picture, prepared=prepared)
    assert Picture.objects.get().version == 1


def test_the_database_itself_wants_a_description():
    picture = pictures.add(files.picture_file(), title="T", alt="A", credit="C", licence="own")
    with pytest.raises(IntegrityError, match="picture_is_described_or_decorative"), transaction.atomic():
        Picture.objects.filter(pk=picture.pk).update(alt="")


def test_the_same_file_is_recognised_before_it_is_decoded(monkeypatch):
    first = pictures.add(files.picture_file(), title="First", credit="C", licence="own")
    monkeypatch.setattr(pictures, "decode", None)
    with pytest.raises(SamePictureError, match="in the library already, as “First”") as caught:
        pictures.prepare(files.picture_file())
    assert caught.value.picture == first


def test_of_two_that_send_the_same_file_at_once_the_second_is_told():
    first, second = pictures.prepare(files.picture_file()), pictures.prepare(files.picture_file())
    words = {"title": "T", "is_decorative": True, "credit": "C", "licence": "own"}
    pictures.save(Picture(**words), prepared=first)
    with pytest.raises(ValidationError, match="This file is in the library already"):
        pictures.save(Picture(**words), prepared=second)


def test_what_is_refused_leaves_no_row_and_no_file(settings):
    with pytest.raises(PictureRefusedError, match="144 million"):
        pictures.add(files.png_of_size(12_000, 12_000), title="T", credit="C", licence="own")
    assert not Picture.objects.exists()
    assert sets_of_files(settings.MEDIA_ROOT) == set()


def test_another_point_of_interest_is_another_set_of_files_of_the_same_picture(settings):
    picture = pictures.add(files.picture_file(size=(640, 200)), title="T", credit="C", licence="own")
    name, sha256 = picture.name, picture.sha256
    master = (settings.MEDIA_ROOT / master_path(name)).read_bytes()
    prepared = pictures.prepare_again(picture, focus=(90, 20))
    pictures.save(picture, prepared=prepared, reason="The car is on the right", seen_version=1)
    picture.refresh_from_db()
    assert picture.name != name
    assert (picture.focus_x, picture.focus_y, picture.sha256, picture.version) == (90, 20, sha256, 2)
    assert (settings.MEDIA_ROOT / master_path(picture.name)).read_bytes() == master
    assert picture.history.first().history_change_reason == "The car is on the right"


def test_a_point_of_interest_without_its_crops_is_refused():
    picture = pictures.add(files.picture_file(), title="T", credit="C", licence="own")
    picture.focus_x = 10
    with pytest.raises(ValidationError, match="other crops"):
        pictures.save(picture)
    picture.focus_x = 50
    picture.title = "Better"
    assert pictures.save(picture).version == 2
    with pytest.raises(ValidationError, match="other crops"):
        pictures.save(Picture(title="T"))


def test_another_file_keeps_the_uses():
    picture = pictures.add(files.picture_file(), title="T", credit="C", licence="own")
    team = make.make_team(logo=picture)
    user = make.make_user()
    prepared = pictures.prepare(files.picture_file(shade=9, size=(320, 320)))
    pictures.save(picture, prepared=prepared, by=user, reason="Sharper")
    team.refresh_from_db()
    assert (team.logo, team.logo.name, team.logo.width) == (picture, prepared.name, 320)
    assert (picture.uploaded_by, picture.history.first().history_user) == (user, user)


def test_a_stale_change_is_refused():
    picture = pictures.add(files.picture_file(), title="T", credit="C", licence="own")
    pictures.save(picture, seen_version=1)
    with pytest.raises(StaleVersionError):
        pictures.save(Picture.objects.get(), seen_version=1)


def test_a_picture_whose_files_are_gone_cannot_be_cropped_anew_or_saved():
    picture = pictures.add(files.picture_file(), title="T", credit="C", licence="own")
    default_storage.delete(master_path(picture.name))
    with pytest.raises(PictureRefusedError, match="Upload it again"):
        pictures.prepare_again(picture, focus=(1, 1))
    with pytest.raises(ValidationError, match="no longer kept"):
        pictures.save(picture)


def test_every_kind_of_use_is_found():
    picture = pictures.add(files.picture_file(), title="T", credit="C", licence="own")
    season = make.make_season()
    race_class = make.make_race_class(season)
    circuit = make.make_circuit(lead_picture=picture)
    shown = {
        circuit,
        make.make_event(season, lead_picture=picture),
        make.make_team(logo=picture),
        make.make_driver(portrait=picture),
        make.make_entry(race_class, livery=picture),
    }
    assert set(picture.uses()) == shown
    with pytest.raises(PictureInUseError, match=r"is in use: .*Take it out there first") as caught:
        pictures.delete(picture)
    assert set(caught.value.uses) == shown
    assert Picture.objects.count() == 1


def test_a_use_that_comes_in_between_is_seen_by_the_database(monkeypatch):
    picture = pictures.add(files.picture_file(), title="T", credit="C", licence="own")
    team = make.make_team(logo=picture)
    monkeypatch.setattr(Picture, "uses", lambda self: iter(()))
    with pytest.raises(PictureInUseError) as caught:
        pictures.delete(picture)
    assert caught.value.uses == (team,)
    with pytest.raises(ProtectedError):
        picture.delete()


def test_a_deleted_picture_comes_back_from_its_history():
    picture = pictures.add(files.picture_file(), title="T", credit="C", licence="own")
    pk = picture.pk
    pictures.delete(picture, reason="By mistake")
    assert not Picture.objects.exists()
    assert pictures.remove_orphans() == []
    history.restore(Picture.history.filter(id=pk).first(), seen_version=None)
    assert Picture.objects.get().pk == pk


def age(monkeypatch, days):
    later = clock.real_now() + timedelta(days=days)
    monkeypatch.setattr(clock, "real_now", lambda: later)


def test_files_that_no_picture_has_go_after_their_time(settings, monkeypatch):
    picture = pictures.add(files.picture_file(), title="T", credit="C", licence="own")
    replaced = picture.name
    pictures.save(picture, prepared=pictures.prepare_again(picture, focus=(1, 1)))
    deleted = pictures.add(files.picture_file(shade=1), title="T", credit="C", licence="own")
    pictures.delete(deleted)
    given_up = pictures.prepare(files.picture_file(shade=2)).name
    assert pictures.remove_orphans() == []
    age(monkeypatch, 31)
    assert set(pictures.remove_orphans()) == {replaced, deleted.name, given_up}
    assert sets_of_files(settings.MEDIA_ROOT) == {picture.name}
    gone = Picture.history.filter(name=deleted.name).first()
    with pytest.raises(ValidationError, match="no longer kept"):
        history.restore(gone, seen_version=None)


def test_a_picture_that_changed_lately_keeps_the_files_it_had(monkeypatch):
    picture = pictures.add(files.picture_file(), title="T", credit="C", licence="own")
    age(monkeypatch, 31)
    with monkeypatch.context() as then:
        later = clock.real_now()
        then.setattr("django.utils.timezone.now", lambda: later)
        pictures.delete(picture)
    assert pictures.remove_orphans() == []


def test_without_a_single_picture_nothing_is_an_orphan():
    assert pictures.remove_orphans() == []


class KilledError(BaseException):
    """What no handler catches, as a kill -9."""


@pytest.mark.parametrize("last", [0, 1, 5, 9])
def test_whoever_is_killed_at_any_file_leaves_no_row_and_files_that_go(settings, monkeypatch, last):
    written = []
    real = default_storage.save

    def save(name, content):
        if len(written) == last:
            raise KilledError
        written.append(real(name, content))

    with monkeypatch.context() as dying:
        dying.setattr(default_storage, "save", save)
        if last == 9:
            # All files stand, and the row is not written.
            dying.setattr(pictures, "save_row", lambda *args, **kwargs: (_ for _ in ()).throw(KilledError))
        with pytest.raises(KilledError):
            pictures.add(files.picture_file(), title="T", credit="C", licence="own")
    assert not Picture.objects.exists()
    age(monkeypatch, 31)
    assert len(pictures.remove_orphans()) == min(last, 1)
    assert sets_of_files(settings.MEDIA_ROOT) == set()
    assert pictures.add(files.picture_file(), title="T", credit="C", licence="own").pk


def test_a_file_of_the_record_that_changes_a_row_leaves_its_picture_alone():
    picture = make.make_picture()
    season = make.make_season()
    team, driver = make.make_team(logo=picture), make.make_driver(portrait=picture)
    entry = make.make_entry(make.make_race_class(season), livery=picture, team=team)
    assert "picture" not in repr((rows.team_row(team), rows.driver_row(driver), rows.entry_row(entry)))
    rows.save_team(replace(rows.team_row(team), name="Another name"), reason="File")
    rows.save_driver(replace(rows.driver_row(driver), family_name="Another"), reason="File")
    rows.save_entry(replace(rows.entry_row(entry), status="withdrawn"), season=season, reason="File")
    for row in (team, driver, entry):
        row.refresh_from_db()
    assert (team.name, driver.family_name, entry.status) == ("Another name", "Another", "withdrawn")
    assert team.logo == driver.portrait == entry.livery == picture
