"""Every limit of what is read from others, in one place: dates, files of areas, of sites, and folders of policy files.

What is meant stays far below them. They are looked at before the work, and while it goes on where a file does not say
beforehand what it holds; a refusal names the limit. Where a library cannot be held to one, it reads in a process of its
own with a limit of memory and of seconds (``screening.files.apart``).
"""

from __future__ import annotations

import datetime as dt

# Days that can be asked about, and that policy files may print: documents of today's state; and far enough ahead that
# the day after a last day is always a date.
FIRST_DAY, LAST_DAY = dt.date(1949, 1, 1), dt.date(2199, 12, 31)

LONGEST_NAME = 100
"""Characters of a name, a code or a pair of coordinates that is asked for or typed: a longer text is none."""

# Areas: GeoJSON, KML, WKT. The counties of all of China have 425,000 corners.
LARGEST_FILE_BYTES = 50_000_000
MOST_VERTICES = 500_000
MOST_RINGS = 20_000
MOST_VALUES = 4_000_000
"""Numbers, lists and objects in the JSON of an area, or tags in its KML: they are held in memory."""
MOST_PAIRS = 2_000_000
"""Pairs of edges of outlines close beside each other: 0.1 µs each, each time that an outline is worked with."""
MOST_CROSSINGS = 50_000
"""Pairs of edges that cross or lie upon each other in what has to be mended or united: some 40 µs and 2 KB each."""
MOST_OVERLAPS = 1_000_000
"""Pairs of polygons to be united whose boxes meet."""
MOST_WORK = 110_000_000
"""Corners of an area, and twice the pairs of edges closer to each other than usual, times counties it may touch."""
WIDEST_DEGREES = 180.0
MOST_RADIUS_M = 200_000.0

# Folders of policy files of one's own. The bundled ones are 257 of 2.4 MB; the largest has 6,400 values.
MOST_FILES = 20_000
"""Files of any kind in a folder: who names the home folder is told so instead of waiting."""
MOST_POLICY_FILES = 3_000
MOST_POLICY_BYTES = 20_000_000
"""Of all policy files of a folder together."""
MOST_MISPLACED = 50
"""Files that are named one by one; where there are more, another folder is meant."""
MOST_PROBLEMS = 500
"""Problems of a folder that are told; from there on no further file is read."""
MAX_BYTES = 2_000_000
MAX_DEPTH = 40
MOST_ENTRIES = 5_000
"""Entries of one list, or fields of one entry, of a policy file."""
MOST_FILE_VALUES = 30_000
"""Lines, commas and brackets of a policy file: no more values can stand in it."""
MOST_FOLDER_VALUES = 300_000
"""The same, of all policy files of a folder; the bundled ones have 85,000."""
LONGEST_TEXT = 20_000
LONGEST_PLAIN_VALUE = 60
"""Characters of a number or a date; longer ones are no such thing, and too long to be told in a message."""
LONGEST_MESSAGE = 1_000

# Tables of sites.
MOST_COLUMNS = 2_000
LONGEST_CELL = 1_000_000
"""Characters of a cell."""
LONGEST_RECORD = 5_000_000
"""Characters of one row of CSV: more are a quote that was never closed, or no table."""
MOST_ROWS_PER_BYTE = 200
"""Of a Parquet file, above ``MANY_ROWS``: only columns of one value pack so densely."""
MANY_ROWS = 20_000_000
BATCH_BYTES = 64_000_000
"""Bytes of a table that are unpacked at a time, as far as a file says how large they are."""
PAGE_BYTES_PER_BYTE = 20
"""The pages of a Parquet file that are unpacked at a time may take so many bytes more for each of the file; one of
which more is said, or whose pages do not say how large they are, is read in a process of its own."""

ROWS_HELD = 100_000
HELD_BYTES = 200_000_000
HELD_PER_BYTE = 100
"""So many rows are held at a time, and may take so many bytes, and more by the size of the file."""

# ZIP files: workbooks, KMZ, zipped Shapefiles.
MOST_UNPACKED = 1_000_000_000
MOST_RATIO = 150
"""Bytes unpacked from each byte, above ``SMALL_UNPACKED``: sheets of numbers and texts reach 10 to 50."""
SMALL_UNPACKED = 20_000_000
MOST_PARTS = 10_000

# Workbooks.
MOST_STRINGS = 100_000_000
"""Bytes of the shared strings, which are held in memory."""
MOST_TEXTS = 1_500_000
"""Shared strings: each takes some 200 bytes while they are read."""
MOST_OTHER = 16_000_000
"""Bytes of any other part that is held in memory, such as styles."""
MOST_STYLES = 70_000
"""Records of formats of cells; Excel writes at most 65,490."""
MOST_STYLE_TAGS = 500_000
MOST_ROW = 8_000_000
"""Bytes of the XML of one row."""
MOST_MERGED = 200_000
MOST_HELD = 3_000_000
"""Cells of a sheet that is held in memory: some 100 bytes each."""
MOST_HELD_BYTES = 300_000_000
"""Of the XML of a sheet that is held in memory: its rows need not say their numbers."""
MOST_CELLS = 60_000_000
"""Cells of the rectangle from the first to the last that is used."""
SMALL_CELLS = 12_000_000
CELLS_PER_BYTE = 20
"""Of those, above ``SMALL_CELLS``, for each byte of the file: only empty cells take no bytes."""
LAST_ROW = 1_048_576

# KML of sites.
MOST_KML_BYTES = 500_000_000
MOST_PLACEMARK = 1_000_000
"""Characters of one text of a placemark."""

# A process that reads for another: grows with the file, since an honest one does.
MEMORY_BYTES = 450_000_000
MEMORY_PER_BYTE = 20
MOST_MEMORY_BYTES = 2_500_000_000
OPENING_SECONDS = 5
OPENING_SECONDS_PER_MB = 2
READING_SECONDS = 20
READING_SECONDS_PER_MB = 10


def memory_bytes(size: int) -> int:
    """Return how many bytes of memory a process may take that reads a file of so many bytes."""
    return min(MEMORY_BYTES + MEMORY_PER_BYTE * size, MOST_MEMORY_BYTES)


def opening_seconds(size: int) -> int:
    """Return for how many seconds of a processor a file of so many bytes may be looked at before its first row."""
    return OPENING_SECONDS + OPENING_SECONDS_PER_MB * size // 1_000_000


def reading_seconds(size: int) -> int:
    """Return for how many seconds of a processor a file of so many bytes may be read in all."""
    return READING_SECONDS + READING_SECONDS_PER_MB * size // 1_000_000
