"""How things may be named so that every address of the site stays unambiguous."""

import re

# A car number is text: 007 is another car than 7. It begins with a digit, so it can never be read as a
# revision (`r1`) or a page (`changes`) under /<season>/entries/.
CAR_NUMBER = re.compile(r"[0-9]{1,3}[A-Z]?")
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
SEASON_SLUG = re.compile(r"[0-9]{4}(-[0-9]{2})?")
CURRENCY = re.compile(r"[A-Z]{3}")
COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")
# SVG path data in the view box 0 0 200 140: drawing commands, digits, separators and nothing else.
OUTLINE = re.compile(r"[MLCQSHVZ0-9 .,-]*")

# Words that the site map uses right below a season, or below an event. `season` names the season's own entry
# list among the files of a record.
RESERVED_EVENT_SLUGS = frozenset(
    {"calendar", "entries", "results", "standings", "title-fight", "invitations", "documents", "spotter", "season"}
)
RESERVED_DECISION_SLUGS = frozenset({"add"})
RESERVED_SESSION_SLUGS = frozenset({"entries", "documents", "spotter", "results"})


def car_number_key(car_number: str) -> tuple[int, str]:
    """Sort key of a car number: by value, then as text, so that 7 < 007 < 8 < 22 < 22A.

    >>> sorted(["22A", "8", "007", "7", "22"], key=car_number_key)
    ['7', '007', '8', '22', '22A']
    """
    digits = re.match(r"[0-9]*", car_number)
    value = int(digits.group()) if digits and digits.group() else 0
    return value, f"{len(car_number):02}{car_number}"


def place_of(event_slug: str) -> str:
    """The place of an event where there is room for one or two words.

    >>> place_of("abu-dhabi")
    'Abu Dhabi'
    """
    return event_slug.replace("-", " ").title()
