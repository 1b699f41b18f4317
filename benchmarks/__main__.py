"""``python -m benchmarks [name …]``: all figures, or those of requests, rendering, commands, papers, doors."""

import sys

from benchmarks import environment

environment.set_up()

from benchmarks import run  # noqa: E402 - the site must be set up first

sys.exit(run.main(sys.argv[1:]))
