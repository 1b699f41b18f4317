"""The bell: tells whoever does the work that there is some, so that it need not wait for the next sweep.

Only the wait gets shorter: a bell that nobody hears, or that fails, loses nothing.
"""

import logging
from collections.abc import Callable

logger = logging.getLogger(__name__)

Listener = Callable[[str, int], None]
_listeners: list[Listener] = []


def listen(listener: Listener) -> None:
    """Call `listener(what, pk)`, `what` being "job" or "message", whenever one was promised and committed."""
    if listener not in _listeners:
        _listeners.append(listener)


def unlisten(listener: Listener) -> None:
    """The opposite of `listen`."""
    if listener in _listeners:
        _listeners.remove(listener)


def ring(what: str, pk: int) -> None:
    """Tell everybody who listens."""
    for listener in _listeners:
        try:
            listener(what, pk)
        except Exception as error:  # noqa: BLE001 - a broker that is away must not fail what was committed
            logger.warning("bell not heard: %s", type(error).__name__)
