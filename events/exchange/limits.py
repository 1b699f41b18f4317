"""How much of a file is read before it is refused. Sized for 5,000 sessions with long abstracts."""

MIB = 1024 * 1024

FILE_BYTES = 16 * MIB
UNPACKED_BYTES = 40 * MIB
ZIP_MEMBERS = 500
SHEETS = 40
ROWS = 10_000
COLUMNS = 200
XML_ELEMENTS = 600_000
XML_DEPTH = 40
CELL_CHARACTERS = 32_767  # what one Excel cell can hold
ALL_CHARACTERS = 12_000_000
PEOPLE_PER_ROW = 200
HEADER_SEARCH_ROWS = 20

CHILD_CPU_SECONDS = 2.6  # 5,000 rows of a workbook take 1.5 where this was set
CHILD_ADDRESS_SPACE = 208 * MIB
CHILD_WALL_SECONDS = 60  # only a machine under heavy load comes near; the limit that counts is the CPU's
