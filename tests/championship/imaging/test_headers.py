import struct

import pytest
from PIL import Image

from championship.imaging.errors import PictureRefusedError
from championship.imaging.headers import Header, read_header
from championship.rules import pictures
from tests import picture_files as files


def box(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", 8 + len(content)) + kind + content


def sequence(width, height, *, short=True, clock=False, delay=False, level=0):
    """A sequence header of AV1 (5.5) for frames of this size, as its own unit with a length."""
    if short:
        bits = "00011" + "00000"
    else:
        bits = "00010" + f"{clock:d}{delay:d}" + "00000" + "0" * 12 + f"{level:05b}" + "0" * (level > 7)
        bits += "10000" if delay else ""
    bits += f"{15:04b}{15:04b}{width - 1:016b}{height - 1:016b}"
    data = bytes(int(bits[place : place + 8].ljust(8, "0"), 2) for place in range(0, len(bits), 8))
    return b"\x0a" + bytes([len(data)]) + data


def avif(*sizes, brand=b"avif", others=b"mif1miaf", stream=None, version=0, method=0, infe=2, extents=1):
    """An AVIF whose boxes name these sizes, with one stream (default: of the first size) in its `idat`."""
    stream = sequence(*(sizes or [(64, 64)])[0]) if stream is None else stream
    ispe = b"".join(box(b"ispe", struct.pack(">III", 0, *size)) for size in sizes)
    item = {2: struct.pack(">BxxxHH4s", 2, 1, 0, b"av01"), 3: struct.pack(">BxxxIH4s", 3, 1, 0, b"av01")}
    infe_box = box(b"infe", item.get(infe, b"\0\0\0\0") + b"\0")
    iinf = box(b"iinf", b"\0\0\0\0\0\1" + infe_box)
    wide = version == 2
    place = b"\0" * 4 if method else b"\0\0\0\x20"
    location = struct.pack(">I" if wide else ">H", 1) + (struct.pack(">H", method) if version else b"") + b"\0\0"
    location += struct.pack(">H", extents) + (place + struct.pack(">I", len(stream))) * extents
    iloc = box(b"iloc", bytes([version, 0, 0, 0, 0x44, 0]) + struct.pack(">I" if wide else ">H", 1) + location)
    idat = box(b"idat", stream)
    head = box(b"ftyp", brand + b"\0\0\0\0" + others)
    # The bytes of method 0 are counted from the beginning of the file: the stream stands right behind the head.
    free = box(b"free", stream)
    assert method or len(head) + 8 == 0x20
    meta = box(b"meta", b"\0\0\0\0" + iinf + iloc + idat + box(b"iprp", box(b"ipco", ispe)))
    return head + free + meta


def refusal(content: bytes) -> str:
    with pytest.raises(PictureRefusedError) as caught:
        read_header(content)
    return str(caught.value)


@pytest.mark.parametrize("kind", files.KINDS)
def test_kind_and_size_are_read_from_the_first_bytes(kind):
    assert read_header(files.picture_file(kind)) == Header(format=kind, width=160, height=120)


def test_what_an_avif_says_beside_its_picture_is_passed_over():
    assert read_header(files.photo_with_metadata("AVIF")) == Header(format="AVIF", width=160, height=120)


def test_every_kind_of_webp_is_read():
    image = files.drawing()
    plain, lossless = files.saved(image, "WEBP"), files.saved(image, "WEBP", lossless=True)
    extended = files.saved(image, "WEBP", exif=b"Exif\0\0II*\0\x08\0\0\0\0\0")
    assert [content[12:16] for content in (plain, lossless, extended)] == [b"VP8 ", b"VP8L", b"VP8X"]
    assert {(read_header(one).width, read_header(one).height) for one in (plain, lossless, extended)} == {(160, 120)}
    assert "damaged" in refusal(plain[:12] + b"VP9 " + plain[16:])


def test_a_progressive_photo_with_a_thumbnail_has_the_size_of_the_photo():
    content = files.saved(files.drawing((400, 300)), "JPEG", progressive=True)
    # Fill bytes before a marker are allowed.
    thumbnail = b"\xff\xe1" + struct.pack(">H", 2 + 200) + files.picture_file("JPEG")[:200] + b"\xff"
    header = read_header(content[:2] + thumbnail + content[2:])
    assert (header.width, header.height) == (400, 300)


def test_144_million_pixels_in_17_kilobytes_are_refused_by_their_header():
    content = files.png_of_size(12_000, 12_000)
    assert len(content) < 20_000
    assert refusal(content).startswith(
        "The picture has 144 million pixels (12000 × 12000), and 40 million are the most."
    )


@pytest.mark.parametrize(
    "content",
    [
        avif((8_000, 8_000)),
        avif((64, 64), (8_000, 8_000)),
        *(
            avif((64, 64), stream=b"\x12\0" + sequence(8_000, 8_000), version=v, method=m)
            for v, m in ((0, 0), (1, 1), (2, 1))
        ),
        avif((64, 64), infe=3, stream=sequence(8_000, 8_000)[:1] + b"\x8b\0" + sequence(8_000, 8_000)[2:]),
        # A unit with an extension, and one without a length, which goes to the end.
        avif((64, 64), stream=b"\x16\0\0" + b"\x08" + sequence(8_000, 8_000)[2:]),
        avif((64, 64), stream=sequence(8_000, 8_000, short=False)),
        avif((64, 64), stream=sequence(8_000, 8_000, short=False, delay=True, level=9)),
    ],
)
def test_the_largest_size_that_an_avif_names_in_a_box_or_in_a_stream_counts(content):
    assert "64 million pixels" in refusal(content)


def test_a_stream_that_is_larger_than_its_box_says_is_not_decoded():
    content = bytearray(files.saved(Image.new("RGB", (7_000, 7_000)), "AVIF", speed=10, quality=1))
    struct.pack_into(">II", content, content.index(b"ispe") + 8, 64, 64)
    assert len(content) < 5_000
    assert "49 million pixels" in refusal(bytes(content))


@pytest.mark.parametrize(
    "content",
    [
        avif((64, 64), infe=1),
        avif((64, 64), version=1, method=2),
        avif((64, 64), stream=b""),
        avif((64, 64), stream=b"\x12\0"),
        avif((64, 64), stream=sequence(64, 64)[:5]),
        avif((64, 64), stream=b"\x0a" + b"\x80" * 9),
        avif((64, 64), stream=b"\x12\0" * 10_001),
        avif((64, 64), stream=sequence(64, 64, short=False, clock=True)),
        avif((64, 64), stream=sequence(64, 64) + b"\x12\x40" + b"\0" * 64, extents=60),
        avif((64, 64)).replace(b"iloc\0\0\0\0\x44\0\0\1", b"iloc\0\0\0\0\x44\0\xff\xff"),
    ],
)
def test_an_avif_that_hides_its_stream_is_refused(content):
    assert "damaged or incomplete" in refusal(content)


def test_webp_and_jpeg_of_many_pixels_are_refused_by_their_header():
    extended = b"RIFF\0\0\0\0WEBPVP8X\x0a\0\0\0" + b"\0" * 4 + b"\xff\x3f\0" * 2
    assert "268 million pixels" in refusal(extended)
    frames = b"".join(
        b"\xff\xc0\x00\x0b\x08" + struct.pack(">HH", *size) + b"\1\1\x11\0" for size in ((64, 64), (9_000, 9_000))
    )
    assert "81 million pixels" in refusal(b"\xff\xd8" + frames + b"\xff\xda")


def test_bytes_are_counted_before_anything_is_read(monkeypatch):
    monkeypatch.setattr("championship.imaging.headers.MOST_BYTES", 1_000)
    assert refusal(b"\xff\xd8\xff" + b"\0" * 2_000) == "The file has 0 MB, and 0 are the most. Export it smaller."
    assert pictures.MOST_BYTES == 40_000_000


def test_a_picture_of_few_pixels_is_refused():
    assert "only 31 × 200 pixels. Each side needs at least 32" in refusal(files.picture_file(size=(31, 200)))


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"GIF89a", "animations are not taken"),
        (b"II*\0", "Export it as JPEG"),
        (b"MM\0*", "Export it as JPEG"),
        (b"BM____", "Save it as PNG"),
        (b"%PDF-1.7", "Export the page"),
        (b"8BPS", "Photoshop"),
        (b'<?xml version="1.0"?><svg onload="alert(1)">', "SVG files are not taken"),
        (b"\xef\xbb\xbf  <SVG>", "SVG files are not taken"),
        (b"<html><script>alert(1)</script>", "This is no JPEG, PNG, WebP or AVIF file"),
        (b"", "This is no JPEG, PNG, WebP or AVIF file"),
        (avif((64, 64), brand=b"heic", others=b"mif1heic"), "HEIC"),
        (avif((64, 64), brand=b"isom", others=b"mp42mp41"), "This is no JPEG"),
        (avif((64, 64), brand=b"avis", others=b"avifmsf1"), "animated AVIF"),
    ],
)
def test_what_is_not_taken_is_named_with_the_way_out(content, words):
    assert words in refusal(content)


@pytest.mark.parametrize(
    "content",
    [
        b"\xff\xd8\xff",
        b"\xff\xd8\xff\xe0",
        b"\xff\xd8\xff\xe0\x00\x02\x00",
        b"\xff\xd8\xff\xe0\x00\x04\0\0\xff\xd9",
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0",
        b"\x89PNG\r\n\x1a\n\0\0\0\rIDAT" + b"\0" * 20,
        b"RIFF\0\0\0\0WEBPVP8L\0\0",
        b"\0\0\0\x1cftyp",
        avif(infe=3, stream=b"").replace(b"av01", b"mime"),
        avif((64, 64))[:-4],
        box(b"ftyp", b"avif\0\0\0\0") + struct.pack(">I4sQ", 1, b"meta", 4),
    ],
)
def test_a_broken_header_is_said_to_be_broken(content):
    assert "damaged or incomplete" in refusal(content) or "is no JPEG" in refusal(content)


def test_a_box_with_a_long_length_or_up_to_the_end_is_read():
    content = avif((64, 48))
    place = content.index(b"meta") - 4
    inside = content[place + 8 :]
    for meta in (struct.pack(">I4sQ", 1, b"meta", 16 + len(inside)), struct.pack(">I4s", 0, b"meta")):
        assert read_header(content[:place] + meta + inside) == Header(format="AVIF", width=64, height=48)
