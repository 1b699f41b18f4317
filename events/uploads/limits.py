"""What one file may be, and what reading it may take."""

MEBIBYTE = 1024 * 1024
LARGEST_MEGABYTES = 10
LARGEST = LARGEST_MEGABYTES * MEBIBYTE
#: Written anew a picture may be larger than it came.
LARGEST_CLEANED = 3 * LARGEST
MOST_PIXELS = 40_000_000
MOST_PAGES = 100
CPU_SECONDS = 15
ADDRESS_SPACE = 1536 * MEBIBYTE
#: Below what a web server waits for an answer.
WALL_SECONDS = 25
