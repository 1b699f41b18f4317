"""The reader of uploaded files, run as a process of its own: ``python -m events.uploads.child``.

Takes the file on standard input. Answers on standard output with one line of JSON, ``{"kind": …}`` or
``{"refused": code}``, and after the first the file as it was written anew. Limits lie on the process before it reads.
Nothing of Django is imported: it starts quickly and knows no secret.
"""

import json
import math
import resource
import signal
import sys

from . import limits

_HEIC = (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1", b"avif")


class Refused(Exception):  # noqa: N818 - told, not an error
    """The file is not taken; ``code`` is a key of the reasons in ``refusals``."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def look(data: bytes) -> str:
    """What the bytes are, whatever the file is called."""
    if not data:
        raise Refused("empty")
    if data.startswith(b"\xff\xd8\xff"):
        return "jpeg"
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data[4:8] == b"ftyp" and data[8:12] in _HEIC:
        raise Refused("heic")
    raise Refused("kind")


def clean(data: bytes) -> tuple[str, bytes]:
    """What it is, and the file written anew."""
    kind = look(data)
    # Here and not above: what no file needs is not loaded.
    if kind == "pdf":
        from .papers import PaperError, clean_paper  # noqa: PLC0415

        try:
            return kind, clean_paper(data)
        except PaperError as wrong:
            raise Refused(wrong.code) from wrong
    from .pictures import PictureError, clean_picture  # noqa: PLC0415

    try:
        return kind, clean_picture(data, kind)
    except PictureError as wrong:
        raise Refused(wrong.code) from wrong


def limit_process() -> None:
    """Bound what this process may take; it cannot lift the bounds again."""
    resource.setrlimit(resource.RLIMIT_AS, (limits.ADDRESS_SPACE, limits.ADDRESS_SPACE))
    signal.setitimer(signal.ITIMER_PROF, limits.CPU_SECONDS)
    seconds = math.ceil(limits.CPU_SECONDS)
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def answer(data: bytes) -> bytes:
    """The line and the file, or the line with why there is none."""
    try:
        kind, cleaned = clean(data)
    except Refused as refused:
        return json.dumps({"refused": refused.code}).encode() + b"\n"
    except MemoryError:
        return json.dumps({"refused": "memory"}).encode() + b"\n"
    if len(cleaned) > limits.LARGEST_CLEANED:
        return json.dumps({"refused": "memory"}).encode() + b"\n"
    return json.dumps({"kind": kind}).encode() + b"\n" + cleaned


def main() -> None:
    """Limit, read, answer."""
    limit_process()
    sys.stdout.buffer.write(answer(sys.stdin.buffer.read(limits.LARGEST + 1)))


if __name__ == "__main__":
    main()
