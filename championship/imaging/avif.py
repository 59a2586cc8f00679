"""The sizes that an AVIF file names, in its boxes and in its streams, without decoding it.

An AVIF is a box of boxes (ISO 14496-12) around AV1 streams. A box says how large the picture is (ispe), and the
stream says it again: decoders believe the stream, reserve memory for it, and only then scale. Both are read here.
"""

import struct
from collections.abc import Iterator

Size = tuple[int, int]

# More parts than any still picture has: a file with more is made to keep us busy.
_MOST_STEPS = 10_000


class BrokenAvifError(Exception):
    """The boxes do not hold what they must, or hold what no still picture needs."""


def avif_sizes(content: bytes) -> list[Size]:
    """(width, height) of every picture in the file: of its boxes (ispe) and of its streams' sequence headers.

    Raises BrokenAvifError, struct.error or IndexError for a file that cannot be read.
    """
    sizes: list[Size] = []
    for start, end in boxes(content, 0, len(content), b"meta"):
        meta = (start + 4, end)
        sizes += [
            struct.unpack_from(">II", content, place + 4)
            for iprp in boxes(content, *meta, b"iprp")
            for ipco in boxes(content, *iprp, b"ipco")
            for place, _ in boxes(content, *ipco, b"ispe")
        ]
        streams = _items_of_kind(content, meta, b"av01")
        for stream in _data_of_items(content, meta, streams):
            sizes += _stream_sizes(stream)
    return sizes


def boxes(content: bytes, start: int, end: int, wanted: bytes) -> Iterator[tuple[int, int]]:
    """(first byte, end) of what is in each box of the wanted kind between `start` and `end`."""
    while start + 8 <= end:
        (size,) = struct.unpack_from(">I", content, start)
        inside = start + 8
        if size == 1:
            (size,) = struct.unpack_from(">Q", content, inside)
            inside += 8
        stop = start + size if size else end
        if stop < inside or stop > end:
            raise BrokenAvifError("a box ends outside of its own")
        if content[start + 4 : start + 8] == wanted:
            yield inside, stop
        start = stop


def _items_of_kind(content: bytes, meta: tuple[int, int], kind: bytes) -> set[int]:
    """The numbers of the items (infe) that are of this kind."""
    found = set()
    for start, end in boxes(content, *meta, b"iinf"):
        entries = start + (6 if content[start] == 0 else 8)
        for place, _ in boxes(content, entries, end, b"infe"):
            pattern = {2: ">HH4s", 3: ">IH4s"}.get(content[place])
            if pattern is None:
                raise BrokenAvifError("an item says nothing of its kind")
            number, _, its_kind = struct.unpack_from(pattern, content, place + 4)
            if its_kind == kind:
                found.add(number)
    return found


def _data_of_items(content: bytes, meta: tuple[int, int], wanted: set[int]) -> Iterator[bytes]:
    """What the file holds for each wanted item, as its locations (iloc) say."""
    inside = next(iter(boxes(content, *meta, b"idat")), (0, 0))
    for start, _ in boxes(content, *meta, b"iloc"):
        version, widths, more = content[start], content[start + 4], content[start + 5]
        reader = _Reader(content, start + 6)
        steps = total = 0
        for _ in range(reader.number(4 if version == 2 else 2)):
            steps += 1
            number = reader.number(4 if version == 2 else 2)
            method = reader.number(2) & 15 if version else 0
            reader.number(2)
            base = reader.number(more >> 4)
            parts = []
            for _ in range(reader.number(2)):
                steps += 1
                reader.number(more & 15 if version else 0)
                offset, length = base + reader.number(widths >> 4), reader.number(widths & 15)
                area = (0, len(content)) if method == 0 else inside
                begin = area[0] + offset
                parts.append((begin, min(begin + length, area[1]) if length else area[1]))
                total += max(0, parts[-1][1] - begin) if number in wanted else 0
                if steps > _MOST_STEPS or total > len(content):
                    raise BrokenAvifError("it says the same bytes again and again")
            if number in wanted:
                if method > 1:
                    raise BrokenAvifError("an item is made of other items")
                yield b"".join(content[begin:end] for begin, end in parts)


class _Reader:
    def __init__(self, content: bytes, place: int) -> None:
        self.content, self.place = content, place

    def number(self, length: int) -> int:
        """The next number, of so many bytes; 0 of none."""
        part = self.content[self.place : self.place + length]
        if len(part) < length:
            raise BrokenAvifError("a table ends too early")
        self.place += length
        return int.from_bytes(part, "big")


def _stream_sizes(data: bytes) -> list[Size]:
    """The largest frame that each sequence header of an AV1 stream allows (AV1, 5.3 and 5.5); there must be one."""
    sizes: list[Size] = []
    place = steps = 0
    while place < len(data):
        steps += 1
        if steps > _MOST_STEPS:
            raise BrokenAvifError("a stream is cut into crumbs")
        header = data[place]
        place += 2 if header & 4 else 1
        size = len(data) - place
        if header & 2:
            size, place = _leb128(data, place)
        if header >> 3 & 15 == 1:
            sizes.append(_size_of_sequence(data[place : place + size]))
        place += size
    if not sizes:
        raise BrokenAvifError("a stream has no sequence header")
    return sizes


def _leb128(data: bytes, place: int) -> tuple[int, int]:
    """A number in groups of seven bits, the lowest first, and where it ends."""
    value = 0
    for count in range(8):
        byte = data[place + count]
        value |= (byte & 127) << (7 * count)
        if not byte & 128:
            return value, place + count + 1
    raise BrokenAvifError("a length has no end")


def _size_of_sequence(data: bytes) -> Size:
    bits = "".join(f"{byte:08b}" for byte in data[:64])
    place = 5
    if bits[4] == "1":
        # The short header of a still picture.
        place += 5
    else:
        if bits[5] == "1":
            raise BrokenAvifError("a still picture has no clock")
        has_delay = bits[6] == "1"
        points = int(bits[7:12], 2) + 1
        place = 12
        for _ in range(points):
            level = int(bits[place + 12 : place + 17], 2)
            place += 17 + (level > 7)
            if has_delay:
                place += 5 if bits[place] == "1" else 1
    wide, high = int(bits[place : place + 4], 2) + 1, int(bits[place + 4 : place + 8], 2) + 1
    place += 8
    if place + wide + high > len(bits):
        raise BrokenAvifError("a sequence header ends too early")
    return int(bits[place : place + wide], 2) + 1, int(bits[place + wide : place + wide + high], 2) + 1
