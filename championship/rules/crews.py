"""What a crew must be, whoever writes it down."""

from collections.abc import Sequence


def seat_problem(seats: Sequence[int]) -> str:
    """Why these seat numbers are no crew, in words for the official; "" when they are.

    >>> seat_problem([1, 2, 3])
    ''
    >>> seat_problem([1, 3])
    'Seat 2 is missing: count the seats from 1 without gaps.'
    """
    for expected, seat in enumerate(sorted(seats), start=1):
        if seat == expected:
            continue
        if seat < expected:
            return f"Seat {seat} is in the crew twice."
        return f"Seat {expected} is missing: count the seats from 1 without gaps."
    return ""
