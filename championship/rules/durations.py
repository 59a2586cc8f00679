"""Times of laps and races as people read them; they are kept as whole milliseconds."""


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
