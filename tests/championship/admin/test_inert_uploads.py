"""Uploads are inert: what is hidden in a picture, and where it was taken, is in none of the files that are sent."""

import io
import re
import zipfile
import zlib

import pytest
from PIL.PngImagePlugin import PngInfo

from championship.imaging import decode
from championship.models import Picture
from championship.rules.pictures import CROPS, sizes
from tests import factories as make
from tests import picture_files as files
from tests.championship.admin.posting import fill, signed_in
from tests.championship.admin.test_pictures import ADD, WORDS, upload

pytestmark = pytest.mark.django_db

CANARY = b"zyzzyva"
SCRIPT = b"<script>alert('" + CANARY + b"')</script>"
PAGE = b"<!doctype html><html><body onload=alert(1)>" + SCRIPT
KINDS = {"jpg": "image/jpeg", "avif": "image/avif"}


def png_with_texts() -> bytes:
    texts = PngInfo()
    for name in ("Comment", "XML:com.adobe.xmp"):
        texts.add_text(name, PAGE.decode())
        texts.add_itxt(name, PAGE.decode(), zip=False)
    return files.saved(files.drawing(), "PNG", pnginfo=texts)


def zipped() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(f"{CANARY.decode()}.html", PAGE)
    return out.getvalue()


def jpeg(**options) -> bytes:
    return files.saved(files.drawing(), "JPEG", **options)


POLYGLOTS = {
    "a page behind a JPEG": jpeg() + PAGE,
    "a page in the comment of a JPEG": jpeg(comment=PAGE),
    "a page in the colour profile": jpeg(icc_profile=PAGE),
    "a script in the EXIF": jpeg(exif=b"Exif\0\0" + SCRIPT),
    "a JPEG that is a script": jpeg()[:2] + b"\xff\xfe\x2f\x2a" + SCRIPT.ljust(0x2F2A - 2) + jpeg()[2:],
    "a page behind a PNG": files.saved(files.drawing(), "PNG") + PAGE,
    "a page in the texts of a PNG": png_with_texts(),
    "a page behind a WebP": files.saved(files.drawing(), "WEBP") + PAGE,
    "a page in the XMP of a WebP": files.saved(files.drawing(), "WEBP", xmp=PAGE),
    "a page behind an AVIF": files.saved(files.drawing(), "AVIF") + PAGE,
    "an archive behind a JPEG": jpeg() + zipped(),
    "an archive behind a PNG": files.saved(files.drawing(), "PNG") + zipped(),
    **{f"where a {kind} was taken": files.photo_with_metadata(kind) for kind in files.KINDS},
}
REFUSED = {
    "an SVG": b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
    "an SVG behind a declaration": b"\xef\xbb\xbf<?xml version='1.0'?>\n<!-- x --><svg/>",
    "an SVG that is packed": zlib.compress(b"<svg/>"),
    "a page": PAGE,
    "a GIF that is a script": b"GIF89a/*" + SCRIPT + b"*/=1;",
    "a bitmap that is a script": b"BM/*" + SCRIPT + b"*/",
    "a PDF": b"%PDF-1.7 " + SCRIPT,
    "an archive": zipped(),
    "a script": b"alert(1)//" + files.saved(files.drawing(), "PNG"),
}


@pytest.fixture
def editor(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return signed_in("ada", "Editor")


def addresses_of(picture: Picture) -> list[str]:
    return [
        f"/pictures/{'-'.join(part for part in (picture.name, crop.name, f'{width}.{kind}') if part)}"
        for crop in CROPS.values()
        for width, _ in sizes(crop, picture.width, picture.height)
        for kind in KINDS
    ]


@pytest.mark.parametrize("what", POLYGLOTS)
def test_no_file_that_is_sent_holds_what_was_hidden_in_the_upload(client, editor, settings, what):
    hidden = [CANARY, b"<script", files.GPS_WORDS, b"garden", b"Exif", b"xmpmeta", b"PK\x03\x04"]
    assert any(mark in POLYGLOTS[what] for mark in hidden), what
    fill(editor, ADD, "picture_form", **WORDS, upload=upload(POLYGLOTS[what], "start.html"))
    stored = list(settings.MEDIA_ROOT.rglob("*.*"))
    assert [(path.name, mark) for path in stored for mark in hidden if mark in path.read_bytes()] == []
    picture = Picture.objects.first()
    if picture is None:
        # Nothing of a file that was refused stays.
        assert [path.name for path in stored] == []
        return
    assert re.fullmatch("[a-z2-7]{26}", picture.name)
    assert len(stored) == 1 + len(addresses_of(picture))
    make.make_circuit(lead_picture=picture)
    for address in addresses_of(picture):
        answer = client.get(address)
        assert answer.headers["Content-Type"] == KINDS[address.rpartition(".")[2]]
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
        assert answer.content.startswith(b"\xff\xd8\xff") or answer.content[4:12] == b"ftypavif"
        assert not any(mark in answer.content for mark in hidden)


def test_most_of_them_are_taken_so_that_something_is_proved(editor):
    taken = []
    for what, content in POLYGLOTS.items():
        before = Picture.objects.count()
        fill(editor, ADD, "picture_form", **WORDS, upload=upload(content, "start.jpg"))
        taken += [what] * (Picture.objects.count() - before)
    print(f"{len(taken)} of {len(POLYGLOTS)} are taken, {len(REFUSED)} refused")
    assert len(taken) >= len(POLYGLOTS) - 3
    assert len(set(Picture.objects.values_list("name", flat=True))) == len(taken)


@pytest.mark.parametrize("what", REFUSED)
@pytest.mark.parametrize("name", ["start.jpg", "start.svg"])
def test_what_is_no_picture_is_refused_whatever_it_is_called(editor, settings, what, name):
    fill(editor, ADD, "picture_form", **WORDS, upload=upload(REFUSED[what], name))
    assert not Picture.objects.exists()
    assert list(settings.MEDIA_ROOT.rglob("*.*")) == []


def test_144_million_pixels_are_refused_before_anything_is_decoded(editor, monkeypatch):
    asked = []
    monkeypatch.setattr(decode.Image, "open", lambda *_args, **_values: asked.append(1))
    content = files.png_of_size(12_000, 12_000)
    answer, _ = fill(editor, ADD, "picture_form", **WORDS, upload=upload(content, "bomb.png"))
    assert "144 million pixels" in answer.content.decode()
    assert (len(content) < 20_000, asked) == (True, [])
    fill(editor, ADD, "picture_form", **WORDS, upload=upload(files.picture_file("PNG"), "start.png"))
    assert asked == [1]
