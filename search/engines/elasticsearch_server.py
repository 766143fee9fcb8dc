"""The connection to an Elasticsearch server: a client that never waits longer than it is told to.

`info()`, `ping()`, scripts and `delete_by_query` are not used: a server without them serves as well.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from elasticsearch import ApiError, Elasticsearch, TransportError, UnsupportedProductError
from elasticsearch.helpers import BulkIndexError

from search.engines.protocol import EngineUnavailable
from search.engines.server_address import ServerAddress

CONNECTIONS = 8
UNREADABLE = (ValueError, TypeError, KeyError, AttributeError, LookupError)
"""What reading an answer of another shape than Elasticsearch's raises."""


def connect(address: ServerAddress, *, timeout_seconds: float) -> Elasticsearch:
    """A client that asks once and gives up after `timeout_seconds` without an answer."""
    return Elasticsearch(
        address.url,
        request_timeout=timeout_seconds,
        max_retries=0,
        retry_on_timeout=False,
        connections_per_node=CONNECTIONS,
    )


@contextmanager
def answering() -> Iterator[None]:
    """Turn everything that a missing, failing or foreign server causes into `EngineUnavailable`."""
    try:
        yield
    except EngineUnavailable:
        raise
    except BulkIndexError as error:
        raise EngineUnavailable(f"odrzucił zapis ({error.errors[:1]!r:.300})") from error
    except (ApiError, TransportError, UnsupportedProductError) as error:
        raise EngineUnavailable(f"{type(error).__name__}: {error!s:.200}") from error
    except UNREADABLE as error:
        raise EngineUnavailable(f"odpowiedź nie do odczytania ({error!r:.200})") from error
