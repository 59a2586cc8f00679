import io
import random

import pytest
from PIL import Image

from championship.imaging import decode as module
from championship.imaging.decode import decode
from championship.imaging.errors import PictureRefusedError
from tests import picture_files as files

RED, BLUE = (200, 30, 30), (30, 50, 200)


def near(pixel, colour, within=14):
    return all(abs(one - other) <= within for one, other in zip(pixel, colour, strict=True))


def corners(image):
    """The pixels a little inside the four corners: top left, top right, bottom left, bottom right."""
    right, bottom = image.width - 10, image.height - 10
    return [image.getpixel(place) for place in ((10, 10), (right, 10), (10, bottom), (right, bottom))]


def refusal(content):
    with pytest.raises(PictureRefusedError) as caught:
        decode(content)
    return str(caught.value)


@pytest.mark.parametrize("kind", files.KINDS)
def test_every_kind_is_decoded_to_the_same_pixels(kind):
    pixels = decode(files.picture_file(kind))
    assert (pixels.image.mode, pixels.image.size, pixels.image.info) == ("RGB", (160, 120), {})
    top_left, top_right, bottom_left, _ = corners(pixels.image)
    assert near(top_left, BLUE)
    assert near(top_right, RED)
    assert near(bottom_left, RED)


@pytest.mark.parametrize("mode", ["L", "P", "1", "RGBA", "LA", "CMYK"])
def test_every_mode_becomes_rgb(mode):
    pixels = decode(files.saved(files.drawing(mode=mode), "JPEG" if mode == "CMYK" else "PNG"))
    assert (pixels.image.mode, pixels.image.size) == ("RGB", (160, 120))
    if mode in {"P", "RGBA", "CMYK"}:
        assert near(corners(pixels.image)[0], BLUE, within=40)


def test_16_bits_of_grey_keep_their_brightness():
    pixels = decode(files.saved(Image.new("I;16", (64, 64), 0x8000)))
    assert pixels.image.getpixel((9, 9)) == (128, 128, 128)
    assert pixels.colour == "#808080"


@pytest.mark.parametrize("orientation", range(1, 9))
def test_the_picture_is_turned_as_the_camera_was_held(orientation):
    content = files.photo_with_metadata(orientation=orientation)
    pixels = decode(content)
    turned = orientation >= 5
    assert pixels.image.size == ((120, 160) if turned else (160, 120))
    blue = [near(pixel, BLUE) for pixel in corners(pixels.image)].index(True)
    # Where the top left corner of the stored rows stands when the picture is upright (EXIF 2.3, 4.6.4).
    assert blue == {1: 0, 2: 1, 3: 3, 4: 2, 5: 0, 6: 1, 7: 3, 8: 2}[orientation]


@pytest.mark.filterwarnings("ignore:Corrupt EXIF")
def test_unreadable_metadata_do_not_cost_the_photo():
    content = files.saved(files.drawing(), "JPEG", exif=b"Exif\0\0II*\0\xff\xff\xff\xff")
    assert decode(content).image.size == (160, 120)


def test_a_library_that_fails_on_metadata_does_not_cost_the_photo(monkeypatch):
    monkeypatch.setattr(Image.Image, "getexif", lambda self: 1 / 0)
    assert decode(files.picture_file("PNG")).image.size == (160, 120)


@pytest.mark.parametrize("profile", [files.icc_profile_of("sRGB"), files.icc_profile_of("LAB"), b"no profile at all"])
def test_a_colour_profile_is_applied_or_passed_over_and_never_kept(profile):
    pixels = decode(files.saved(files.drawing(), "PNG", icc_profile=profile))
    assert near(corners(pixels.image)[0], BLUE)
    assert "icc_profile" not in pixels.image.info


def test_colours_of_another_profile_are_converted(monkeypatch):
    from PIL import ImageCms

    converted = []
    real = ImageCms.profileToProfile
    monkeypatch.setattr(
        module.ImageCms, "profileToProfile", lambda *args, **kwargs: converted.append(args) or real(*args, **kwargs)
    )
    decode(files.saved(files.drawing(), "PNG", icc_profile=files.icc_profile_of("sRGB")))
    assert len(converted) == 1
    monkeypatch.setattr(module.ImageCms, "profileToProfile", lambda *args, **kwargs: None)
    assert near(corners(decode(files.saved(files.drawing(), "PNG", icc_profile=b"x" * 200)).image)[0], BLUE)
    profile = files.icc_profile_of("sRGB")
    assert near(corners(decode(files.saved(files.drawing(), "PNG", icc_profile=profile)).image)[0], BLUE)


@pytest.mark.parametrize(("mark", "ground"), [("#14181f", (255, 255, 255)), ("#f4f4f4", (20, 24, 31))])
def test_a_transparent_mark_stands_on_what_it_can_be_seen_on(mark, ground):
    image = Image.new("RGBA", (64, 64), (0, 0, 0, 0))
    image.paste(mark, (20, 20, 44, 44))
    pixels = decode(files.saved(image))
    assert pixels.image.getpixel((4, 4)) == ground


def test_a_picture_of_nothing_is_a_blank_sheet():
    pixels = decode(files.saved(Image.new("RGBA", (64, 64), (255, 255, 255, 0))))
    assert pixels.colour == "#ffffff"


def test_a_transparent_colour_of_a_palette_is_transparent():
    image = Image.new("P", (64, 64), 0)
    image.putpalette([0, 255, 0, 10, 10, 10])
    image.paste(1, (20, 20, 44, 44))
    assert decode(files.saved(image, transparency=0)).image.getpixel((2, 2)) == (255, 255, 255)


def test_a_large_picture_is_kept_at_the_size_of_a_master():
    assert decode(files.saved(Image.new("L", (4000, 1000), 99), "JPEG")).image.size == (3840, 960)


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_pictures_that_move_are_refused(kind):
    frames = [files.drawing(), Image.new("RGB", files.SIZE, "green")]
    assert "still pictures" in refusal(files.saved(frames[0], kind, save_all=True, append_images=frames[1:]))


def test_the_first_picture_of_a_phones_double_photo_is_the_photo():
    out = io.BytesIO()
    files.drawing().save(out, "MPO", save_all=True, append_images=[Image.new("RGB", files.SIZE, "green")])
    assert near(corners(decode(out.getvalue()).image)[0], BLUE)


@pytest.mark.parametrize("kind", files.KINDS)
def test_half_a_file_is_refused_in_words(kind):
    content = files.picture_file(kind, size=(400, 300))
    assert "damaged or incomplete" in refusal(content[: len(content) // 2])


def test_a_reader_that_sees_another_size_than_the_header_is_not_believed(monkeypatch):
    real = module.read_header
    monkeypatch.setattr(
        module, "read_header", lambda content: module.Header(format=real(content).format, width=9, height=9)
    )
    assert "damaged" in refusal(files.picture_file())


@pytest.mark.parametrize("kind", files.KINDS)
def test_a_page_behind_the_picture_is_not_a_page_any_more(kind):
    content = files.picture_file(kind) + b"<script>alert(1)</script>"
    try:
        image = decode(content).image
    except PictureRefusedError:
        return
    assert image.info == {}


@pytest.mark.parametrize("kind", files.KINDS)
def test_bytes_gone_wrong_are_a_picture_or_a_refusal_and_never_an_error(kind):
    chance = random.Random(7)  # noqa: S311 (the same wrong bytes each time)
    good = files.picture_file(kind, size=(64, 48))
    taken = 0
    for _ in range(60):
        content = bytearray(good)
        for _ in range(chance.randint(1, 6)):
            content[chance.randrange(8, len(content))] = chance.randrange(256)
        try:
            taken += decode(bytes(content)).image.mode == "RGB"
        except PictureRefusedError:
            continue
    print(f"{kind}: 60 files with wrong bytes, {taken} of them decoded, the others refused")
