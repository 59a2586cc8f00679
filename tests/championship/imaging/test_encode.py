import io
import os

import pytest
from PIL import Image

from championship.imaging import encode
from championship.imaging.encode import derivatives, master
from championship.rules.pictures import Crop, most_bytes
from tests import picture_files as files


def made(image, focus_x=50, focus_y=50):
    return {
        (crop, width, kind): Image.open(io.BytesIO(content))
        for crop, width, kind, content in derivatives(image, focus_x=focus_x, focus_y=focus_y)
    }


def test_every_crop_is_made_in_its_widths_as_avif_and_as_jpeg():
    found = made(files.drawing((700, 700)))
    assert {key: (image.format, image.size) for key, image in found.items()} == {
        (crop, size[0], kind): (name, size)
        for kind, name in (("avif", "AVIF"), ("jpg", "JPEG"))
        for crop, sizes in {
            "": ((320, 320), (640, 640)),
            "lead": ((320, 180), (640, 360)),
            "square": ((160, 160), (320, 320), (640, 640)),
            "portrait": ((160, 200), (320, 400)),
        }.items()
        for size in sizes
    }


def test_a_picture_in_the_form_of_a_crop_is_encoded_once_for_both(monkeypatch):
    encoded = []
    monkeypatch.setattr(encode, "_light", lambda small, kind: encoded.append((small.size, kind)) or b"")
    found = {(crop, width) for crop, width, *_ in derivatives(files.drawing((640, 360)), focus_x=0, focus_y=100)}
    assert {("", 320), ("", 640), ("lead", 320), ("lead", 640)} <= found
    assert [encoded.count(((width, width * 9 // 16), "jpg")) for width in (320, 640)] == [1, 1]


def test_a_crop_is_cut_around_the_point_of_interest():
    image = Image.new("RGB", (640, 200), "white")
    image.paste("black", (440, 0, 640, 200))
    for focus, colour in ((0, 255), (100, 0)):
        pixel = made(image, focus_x=focus)["square", 160, "jpg"].getpixel((80, 80))
        assert abs(pixel[0] - colour) < 10


@pytest.mark.parametrize("grain", [0.3, 1])
def test_a_picture_that_does_not_compress_is_made_light_enough_too(monkeypatch, grain):
    monkeypatch.setattr(encode, "CROPS", {"lead": Crop(name="lead", ratio=(16, 9), widths=(320, 1280))})
    noise = Image.frombytes("RGB", (1280, 720), os.urandom(1280 * 720 * 3))
    image = Image.blend(files.drawing((1280, 720)), noise, grain)
    weights = {(width, kind): content for _, width, kind, content in derivatives(image, focus_x=50, focus_y=50)}
    assert {key: len(content) <= most_bytes(key[0], key[0] * 9 // 16) for key, content in weights.items()} == {
        (320, "avif"): True,
        (320, "jpg"): True,
        (1280, "avif"): True,
        (1280, "jpg"): True,
    }
    assert most_bytes(1280, 720) == 120_000


def test_the_master_keeps_size_and_colours_and_no_metadata():
    image = Image.open(io.BytesIO(master(files.drawing())))
    assert (image.format, image.size) == ("JPEG", (160, 120))
    assert "exif" not in image.info
    assert abs(image.getpixel((10, 10))[2] - 200) < 5
