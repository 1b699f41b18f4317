"""WeasyPrint and nothing else: HTML on standard input, PDF on standard output; the font is the first argument."""

import sys
from pathlib import Path

import weasyprint
from weasyprint.urls import URLFetcher, URLFetcherResponse


class OneFont(URLFetcher):
    """Answers every address with the font."""

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        return URLFetcherResponse(url, Path(sys.argv[1]).read_bytes())


page = weasyprint.HTML(string=sys.stdin.read(), base_url="booklet:", url_fetcher=OneFont())
sys.stdout.buffer.write(page.write_pdf())
