"""The only way in which rendering gets at files."""

from __future__ import annotations

from typing import Any

from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from exporters.pdf.assets import ASSETS, FOLDER, SCHEME


class RefusedAddress(FatalURLFetchingError):
    """A template asks for something that is not an asset of this package. Rendering stops: it is a mistake in the template."""


class AssetFetcher(URLFetcher):
    """Answers `asset:` addresses from the table above and refuses every other address, `file:` and `http:` included."""

    def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:
        """The content of an asset. Raises `RefusedAddress`."""
        name = url.removeprefix(SCHEME)
        if not url.startswith(SCHEME) or name not in ASSETS:
            raise RefusedAddress(
                f"Szablon wydruku odwołuje się do adresu „{url}”. Wolno używać tylko plików z exporters/pdf/."
            )
        return URLFetcherResponse(url, (FOLDER / name).read_bytes(), {"Content-Type": ASSETS[name]})
