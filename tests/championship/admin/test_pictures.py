import re

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from championship.admin import picture_forms
from championship.models import ContentStamp, Picture
from championship.rules.pictures import master_path
from championship.selectors.pictures import Use
from championship.services import pictures
from tests import factories as make
from tests import picture_files as files
from tests.championship.admin.posting import fields_of, fill, send, signed_in
from tests.reading import queries_of, text_of

pytestmark = pytest.mark.django_db

LIST = "/admin/championship/picture/"
ADD = f"{LIST}add/"
WORDS = {"title": "Start", "alt": "Cars at the start", "credit": "A. Photographer", "licence": "own"}


def change(picture):
    return f"{LIST}{picture.pk}/change/"


def upload(content=None, name="photo.png"):
    return SimpleUploadedFile(name, content or files.picture_file())


@pytest.fixture
def editor():
    return signed_in("editor", "Editor")


def form_of(client, address):
    return fields_of(client.get(address), "picture_form")


@pytest.mark.parametrize("role", ["Editor", "Chief editor", "Entries secretary"])
def test_who_keeps_the_library_adds_a_picture_and_goes_on_to_its_point_of_interest(role):
    client = signed_in("somebody", role)
    fields = form_of(client, ADD)
    assert (fields["focus_x"], fields["focus_y"]) == ("50", "50")
    response, _ = send(client, ADD, fields, **WORDS, upload=upload())
    picture = Picture.objects.get()
    assert response.url == change(picture)
    assert (picture.title, picture.uploaded_by.username) == ("Start", "somebody")
    page = client.get(response.url)
    assert f'src="/admin/championship/picture/files/{picture.name}-160.jpg"' in page.content.decode()
    assert "Nowhere yet" in text_of(page)


@pytest.mark.parametrize("role", ["Timekeeper", "Stewards' secretary"])
def test_others_look_at_the_library_and_change_nothing(role):
    picture = make.make_picture()
    client = signed_in("somebody", role)
    assert "Start of the race" in text_of(client.get(LIST))
    page = client.get(change(picture))
    assert "Cars at the start" in text_of(page)
    assert 'name="upload"' not in page.content.decode()
    for address in (ADD, change(picture), f"{LIST}{picture.pk}/delete/"):
        assert client.post(address, {**WORDS, "upload": upload(files.picture_file(shade=5))}).status_code == 403
    assert Picture.objects.get().version == 1


def test_nobody_without_the_right_makes_the_site_decode_anything(monkeypatch):
    monkeypatch.setattr(picture_forms.pictures, "prepare", None)
    client = signed_in("somebody", "Timekeeper")
    assert client.post(ADD, {**WORDS, "upload": upload()}).status_code == 403


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (files.png_of_size(12_000, 12_000), "bomb.png", "144 million pixels"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "drawing.png", "SVG files are not taken"),
        (b"<html><script>alert(1)</script>", "page.jpg", "is no JPEG, PNG, WebP or AVIF"),
        (files.picture_file("JPEG", (400, 300))[:900], "photo.jpg", "damaged or incomplete"),
    ],
)
def test_a_file_that_cannot_be_taken_is_refused_in_words_and_nothing_typed_is_lost(editor, content, name, words):
    response, _ = fill(editor, ADD, "picture_form", **WORDS, upload=upload(content, name))
    assert words in text_of(response)
    assert fields_of(response, "picture_form")["title"] == "Start"
    assert not Picture.objects.exists()


def test_the_ending_of_a_file_name_says_nothing(editor):
    fill(editor, ADD, "picture_form", **WORDS, upload=upload(files.picture_file("JPEG"), "photo.html"))
    assert Picture.objects.count() == 1


def test_a_file_that_is_too_heavy_is_refused_before_it_is_read(editor, monkeypatch):
    monkeypatch.setattr(picture_forms, "MOST_BYTES", 20)
    monkeypatch.setattr(picture_forms.pictures, "prepare", None)
    response, _ = fill(editor, ADD, "picture_form", **WORDS, upload=upload())
    assert "The file has more than 0 MB" in text_of(response)


def test_a_new_picture_needs_a_file_and_every_word(editor):
    response, _ = fill(editor, ADD, "picture_form")
    text = text_of(response)
    assert "Choose a file" in text
    assert "Describe what the picture shows, or tick “decorative”" in text
    assert text.count("This field is required") == 3


def test_a_file_that_came_with_another_mistake_need_not_be_sent_again(editor):
    response, _ = fill(editor, ADD, "picture_form", **(WORDS | {"credit": ""}), upload=upload())
    assert "Your file is kept" in text_of(response)
    assert not Picture.objects.exists()
    fields = fields_of(response, "picture_form")
    send(editor, ADD, fields, credit="A. Photographer", focus_x="20")
    picture = Picture.objects.get()
    assert (picture.credit, picture.focus_x, picture.width) == ("A. Photographer", 20, 160)


def test_whoever_adds_another_gets_an_empty_form(editor):
    response, _ = fill(editor, ADD, "picture_form", **WORDS, upload=upload(), _addanother="1")
    assert response.url == ADD


def test_a_kept_file_is_taken_as_it_is_and_cannot_be_made_up(editor):
    response, _ = fill(editor, ADD, "picture_form", **(WORDS | {"credit": ""}), upload=upload())
    fields = fields_of(response, "picture_form")
    response, _ = send(editor, ADD, fields, credit="C", kept=f"{fields['kept'][:-1]}!")
    assert "Choose a file" in text_of(response)
    send(editor, ADD, fields, credit="C")
    assert Picture.objects.count() == 1


def test_the_same_file_leads_to_where_it_is(editor):
    picture = make.make_picture()
    response, _ = fill(editor, ADD, "picture_form", **WORDS, upload=upload())
    assert f'This file is in the library already: <a href="{change(picture)}">Start of the race</a>' in (
        response.content.decode()
    )


def test_a_file_that_a_colleague_sent_meanwhile_is_noticed(editor, monkeypatch):
    response, _ = fill(editor, ADD, "picture_form", **(WORDS | {"credit": ""}), upload=upload())
    fields = fields_of(response, "picture_form")
    make.make_picture()
    response, _ = send(editor, ADD, fields, credit="C")
    assert "This file is in the library already" in text_of(response)
    # Even between the check of the form and the write.
    real, seen = pictures.save, []

    def save(picture, **values):
        if not seen:
            seen.append(True)
            make.make_picture(shade=3)
        return real(picture, **values)

    monkeypatch.setattr(pictures, "save", save)
    with transaction.atomic():
        response, _ = fill(editor, ADD, "picture_form", **WORDS, upload=upload(files.picture_file(shade=3)))
    assert response.status_code in (200, 302)
    assert Picture.objects.filter(sha256=Picture.objects.last().sha256).count() == 1


def test_another_point_of_interest_cuts_the_crops_anew(editor):
    picture = make.make_picture(size=(640, 200))
    before = picture.name
    fill(editor, change(picture), "picture_form", focus_x="90", focus_y="10", change_reason="The car is there")
    picture.refresh_from_db()
    assert (picture.focus_x, picture.focus_y) == (90, 10)
    assert picture.name != before
    assert picture.history.first().history_change_reason == "The car is there"


@pytest.mark.parametrize("typed", ["", "101", "-1", "left"])
def test_a_point_of_interest_outside_the_picture_is_refused(editor, typed):
    picture = make.make_picture()
    response, _ = fill(editor, change(picture), "picture_form", focus_x=typed)
    assert response.status_code == 200
    assert Picture.objects.get().focus_x == 50


def test_other_words_leave_the_files_alone(editor):
    picture = make.make_picture()
    fill(editor, change(picture), "picture_form", title="Another title")
    after = Picture.objects.get()
    assert (after.title, after.name, after.version) == ("Another title", picture.name, 2)


def test_another_file_takes_the_place_of_the_first_wherever_it_is_shown(editor):
    picture = make.make_picture()
    team = make.make_team(logo=picture)
    fill(editor, change(picture), "picture_form", upload=upload(files.picture_file(shade=7, size=(200, 200))))
    team.refresh_from_db()
    assert (team.logo.pk, team.logo.width) == (picture.pk, 200)
    assert team.logo.name != picture.name


def test_of_two_editors_the_second_is_told_and_keeps_file_and_words(editor):
    picture = make.make_picture()
    fields = form_of(editor, change(picture))
    colleague = signed_in("colleague", "Chief editor")
    fill(colleague, change(picture), "picture_form", credit="B. Colleague", focus_x="10")
    response, _ = send(editor, change(picture), fields, title="Mine", upload=upload(files.picture_file(shade=8)))
    text = text_of(response)
    assert "Somebody saved this page while you were working on it" in text
    assert "Your file is kept" in text
    again = fields_of(response, "picture_form")
    assert (again["title"], again["credit"], again["focus_x"]) == ("Mine", "B. Colleague", "10")
    send(editor, change(picture), again)
    after = Picture.objects.get()
    assert (after.title, after.credit, after.focus_x) == ("Mine", "B. Colleague", 10)
    assert after.sha256 != picture.sha256


def test_a_picture_whose_files_are_lost_says_so(editor):
    picture = make.make_picture()
    default_storage.delete(master_path(picture.name))
    response, _ = fill(editor, change(picture), "picture_form", focus_x="1")
    assert "The files of this picture are gone. Upload it again." in text_of(response)


def test_a_used_picture_says_where_and_is_not_deleted(editor):
    picture = make.make_picture()
    team = make.make_team("iron-lynx", logo=picture)
    page = editor.get(change(picture))
    assert "Team: Iron Lynx see the page of Iron Lynx" in text_of(page)
    assert f'href="/admin/championship/team/{team.pk}/change/"' in page.content.decode()
    delete = f"{LIST}{picture.pk}/delete/"
    for response in (editor.get(delete), editor.post(delete, {"post": "yes", "seen_version": "1"})):
        text = text_of(response)
        assert "cannot be deleted, because these still need it: Team: Iron Lynx" in text
    assert Picture.objects.exists()


def test_a_use_that_comes_in_between_is_told_too(editor, monkeypatch):
    picture = make.make_picture()
    make.make_team("iron-lynx", logo=picture)
    monkeypatch.setattr("championship.admin.pictures.picture_uses", lambda picture: ())
    monkeypatch.setattr("django.contrib.admin.utils.NestedObjects.collect", lambda self, *args, **kwargs: None)
    response = editor.post(f"{LIST}{picture.pk}/delete/", {"post": "yes", "seen_version": "1"}, follow=True)
    assert "is in use: Iron Lynx. Take it out there first." in response.content.decode()


def test_a_use_without_a_page_in_the_admin_is_told_by_its_name(editor, monkeypatch):
    picture = make.make_picture()
    use = Use(row=ContentStamp(pk=1), kind="Stamp", name="Number 1", url="")
    monkeypatch.setattr("championship.admin.pictures.picture_uses", lambda picture: (use,))
    assert "Stamp: Number 1" in text_of(editor.get(change(picture)))
    assert "need it: Stamp: Number 1" in text_of(editor.get(f"{LIST}{picture.pk}/delete/"))


def test_an_unused_picture_is_deleted_and_comes_back(editor):
    picture = make.make_picture()
    response = editor.post(
        f"{LIST}{picture.pk}/delete/", {"post": "yes", "seen_version": "1", "change_reason": "Blurred"}, follow=True
    )
    assert not Picture.objects.exists()
    assert "Its history can bring it back" in response.content.decode()
    record = Picture.history.filter(id=picture.pk, history_type="~").first()
    page = f"{LIST}{picture.pk}/history/{record.history_id}/"
    editor.post(page, {"change_reason": "Was fine"})
    assert Picture.objects.get().name == picture.name


def test_one_picture_or_three_take_as_many_queries(editor):
    make.make_picture()
    one = queries_of(editor, LIST)
    for shade in (1, 2):
        make.make_picture(shade=shade)
    assert queries_of(editor, LIST) == one


@pytest.mark.parametrize(
    ("noun", "field"),
    [
        ("team", "logo"),
        ("driver", "portrait"),
        ("entry", "livery"),
        ("circuit", "lead_picture"),
        ("event", "lead_picture"),
    ],
)
def test_a_picture_is_chosen_on_the_page_of_what_it_shows(noun, field):
    picture = make.make_picture()
    season = make.make_season(is_current=True)
    row = {
        "team": make.make_team,
        "driver": make.make_driver,
        "entry": lambda: make.make_entry(make.make_race_class(season)),
        "circuit": make.make_circuit,
        "event": lambda: make.make_event(season),
    }[noun]()
    client = signed_in("secretary", "Entries secretary")
    address = f"/admin/championship/{noun}/{row.pk}/change/"
    page = client.get(address).content.decode()
    assert re.search(rf'<select name="{field}"[^>]*data-field-name="{field}"', page)
    assert '<script src="/static/js/picture-choice.js" type="module">' in page
    fill(client, address, f"{noun}_form", **{field: str(picture.pk)})
    row.refresh_from_db()
    assert getattr(row, field) == picture
    chosen = client.get(address).content.decode()
    assert f'data-thumb="/admin/championship/picture/files/{picture.name}-square-120.jpg"' in chosen


def test_suggestions_show_the_pictures(editor):
    picture = make.make_picture()
    make.make_picture(shade=1, title="Something else", alt="A helmet")
    asked = {"app_label": "championship", "model_name": "team", "field_name": "logo", "term": "cars"}
    answer = editor.get("/admin/autocomplete/", asked).json()
    thumb = f"/admin/championship/picture/files/{picture.name}-square-120.jpg"
    assert answer["results"] == [{"id": str(picture.pk), "text": "Start of the race", "thumb": thumb}]
