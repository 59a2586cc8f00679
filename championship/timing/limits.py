"""How large a timing file and its parts may be. The file is measured before it is taken apart.

The largest result file seen has 62 cars and 96 columns: less than 100 kB, and twice as much in UTF-16.
"""

MOST_BYTES = 400_000
MOST_LINES = 500
MOST_COLUMNS = 150
LONGEST_LINE = 8_000
LONGEST_CELL = 300
MOST_FOREIGN_WORDS = 2_000
"""Different words with letters beyond ASCII that are judged; a whole entry list has a hundred names."""

# What the database keeps of each text.
LONGEST_TEAM = 100
LONGEST_VEHICLE = 80
LONGEST_STATUS = 30
LONGEST_CLASS = 20
LONGEST_NAME = 60
LONGEST_GAP = 20
LONGEST_CODE = 20

MOST_POSITION = 999
MOST_LAPS = 9_999

MOST_PROBLEMS = 40
"""One wrong column makes a problem of every row: more than a screen of them helps nobody."""
