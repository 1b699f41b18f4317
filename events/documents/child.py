"""Set a page as PDF, in a process of its own: ``python -m events.documents.child``.

Reads one JSON object on standard input (see :class:`events.documents.process.Order`) and writes the PDF on
standard output; a reason why there is none goes to standard error, with a status other than 0. Limits lie on
the process before it reads. Nothing of Django is imported: it starts in half a second and knows no secret.
"""

import gc
import json
import logging
import resource
import sys
from pathlib import Path
from typing import Any

MEBIBYTE = 1024 * 1024
CPU_SECONDS = 300
ADDRESS_SPACE = 3072 * MEBIBYTE
LARGEST_FILE = 64 * MEBIBYTE
LARGEST_ORDER = 256 * MEBIBYTE
SCHEME = "booklet:"


def limit_process() -> None:
    """Bound what this process may take; it cannot lift the bounds again."""
    resource.setrlimit(resource.RLIMIT_AS, (ADDRESS_SPACE, ADDRESS_SPACE))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    # WeasyPrint unpacks fonts into a temporary folder.
    resource.setrlimit(resource.RLIMIT_FSIZE, (LARGEST_FILE, LARGEST_FILE))


def set_pdf(order: dict[str, Any]) -> bytes:
    """The PDF of ``order["html"]``; only files that the order lists are read, whatever the HTML names."""
    # Here and not above: the process must be limited before half a second of imports.
    import weasyprint  # noqa: PLC0415
    from weasyprint.urls import URLFetcher, URLFetcherResponse  # noqa: PLC0415

    from events.documents import hyphens, mending, pages  # noqa: PLC0415

    class ListedFiles(URLFetcher):
        """Knows the order's files by name and nothing else: no disk, no network."""

        def fetch(self, url: str, headers: dict[str, str] | None = None) -> Any:
            name = url.removeprefix(SCHEME)
            if url.startswith(SCHEME) and name in order["texts"]:
                kind = {"Content-Type": "text/css" if name.endswith(".css") else "image/svg+xml"}
                return URLFetcherResponse(url, order["texts"][name].encode(), kind)
            if url.startswith(SCHEME) and name in order["files"]:
                return URLFetcherResponse(url, Path(order["files"][name]).read_bytes())
            raise ValueError("not a listed file")

    hyphens.register()
    mending.mend()
    page = weasyprint.HTML(string=order["html"], base_url=SCHEME, url_fetcher=ListedFiles(fail_on_errors=True))
    document = page.render(pdf_variant="pdf/ua-1")
    pages.fill_in(document)
    pdf: bytes = document.write_pdf(pdf_variant="pdf/ua-1")
    return pdf


def main() -> int:
    """Limit, read, set, answer."""
    limit_process()
    # It ends with the document: looking for what could be freed would cost a seventh of its time.
    gc.disable()
    logging.getLogger("weasyprint").addHandler(logging.StreamHandler(sys.stderr))
    order = json.loads(sys.stdin.buffer.read(LARGEST_ORDER))
    try:
        pdf = set_pdf(order)
    except MemoryError:
        sys.stderr.write("out of memory\n")
        return 1
    sys.stdout.buffer.write(pdf)
    return 0


if __name__ == "__main__":
    sys.exit(main())
