"""Exit status 0 where the given port of 127.0.0.1 can be listened at."""

import socket
import sys

with socket.socket() as listener:
    # As gunicorn does, so that a port just left is free again.
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind(("127.0.0.1", int(sys.argv[1])))
    except (OSError, ValueError, OverflowError):
        sys.exit(1)
