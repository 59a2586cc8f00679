"""Times of laps and races as people read them; they are kept as whole milliseconds."""

import re

_TYPED = re.compile(r"(?:(?:([0-9]{1,2}):)?([0-9]{1,2}):)?([0-9]{1,5})(?:\.([0-9]{1,3}))?(?: ?s)?", re.ASCII)


def duration(milliseconds: int) -> str:
    """A time with minutes, and with hours where there are any.

    >>> duration(112_991), duration(13_406_017), duration(532), duration(-1_000)
    ('1:52.991', '3:43:26.017', '0:00.532', '-0:01.000')
    """
    sign = "-" if milliseconds < 0 else ""
    seconds, thousandths = divmod(abs(milliseconds), 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    clock = f"{hours}:{minutes:02}" if hours else f"{minutes}"
    return f"{sign}{clock}:{seconds:02}.{thousandths:03}"


def difference(milliseconds: int) -> str:
    """How far apart two times are: short while it is less than a minute.

    >>> difference(10_537), difference(62_345), difference(0)
    ('10.537', '1:02.345', '0.000')
    """
    if abs(milliseconds) < 60_000:
        sign = "-" if milliseconds < 0 else ""
        return f"{sign}{abs(milliseconds) // 1000}.{abs(milliseconds) % 1000:03}"
    return duration(milliseconds)


def with_unit(milliseconds: int) -> str:
    """A time that stands alone: seconds say that they are seconds.

    >>> with_unit(5_000), with_unit(106_000)
    ('5.000 s', '1:46.000')
    """
    return f"{difference(milliseconds)} s" if abs(milliseconds) < 60_000 else duration(milliseconds)


def read_duration(text: str) -> int | None:
    """The milliseconds of a time as people type it: with minutes and hours, or in seconds; None for anything else.

    >>> read_duration("1:46.000"), read_duration("65.5 s"), read_duration("3:43:26.017"), read_duration("1:75")
    (106000, 65500, 13406017, None)
    """
    match = _TYPED.fullmatch(text.strip())
    if match is None:
        return None
    hours, minutes, seconds = (int(part or 0) for part in match.groups()[:3])
    if (match[2] and (seconds > 59 or len(match[3]) != 2)) or (match[1] and minutes > 59):
        return None
    return ((hours * 60 + minutes) * 60 + seconds) * 1000 + int((match[4] or "").ljust(3, "0"))
