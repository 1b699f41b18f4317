"""Python's cyclic collector, put to rest while much is built that has no cycles."""

import gc
import threading
from contextlib import ContextDecorator


class _AtRest(ContextDecorator):
    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._resting = 0
        self._was_on = True

    def __enter__(self) -> None:
        with self._lock:
            if not self._resting:
                self._was_on = gc.isenabled()
                gc.disable()
            self._resting += 1

    def __exit__(self, *_: object) -> None:
        with self._lock:
            self._resting -= 1
            if not self._resting and self._was_on:
                gc.enable()


#: Lets the collector rest while a document of many thousand parts is built, read or compared.
#:
#: Such parts name one another in one direction only, so counting references frees them all; the collector would walk
#: through them again and again and find nothing (a third of what a release of 5,000 sessions takes). Any number of
#: threads may let it rest at once: it goes on when the last is done. Where it was off it stays off.
collector_at_rest = _AtRest()
