"""How large a timing file and its parts may be. The file is measured before it is taken apart.

The largest result file seen has 7 kB, 62 cars and 96 columns. Whole lap analyses (3.9 MB) pass the limit of bytes, so
that they are refused by their name.
"""

MOST_BYTES = 5_000_000
MOST_LINES = 500
MOST_COLUMNS = 150
LONGEST_LINE = 8_000
LONGEST_CELL = 300

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
