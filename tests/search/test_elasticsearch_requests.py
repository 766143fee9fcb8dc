from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from search.documents import FACETS
from search.engines import elasticsearch_requests as requests
from search.engines.elasticsearch_documents import template
from search.engines.protocol import Filters
from search.engines.server_address import server_address
from search.planner import Clause, Evidence, Plan

GOLDEN = Path(__file__).parent / "goldens" / "elasticsearch_requests.json"
PLAN = Plan(
    "paszprot 800+",
    (
        Clause(
            "paszprot", (Evidence("exact", "paszprot", 0.4, "exact"), Evidence("lemma", "paszport", 0.8, "fuzzy")), 2.0
        ),
        Clause("800+", (Evidence("lemma", "800", 1.0, "lemma"),), 3.0),
    ),
)
FILTERS = Filters({"office_type": ("UW", "US"), "topic": ("paszporty",)}, ("uw-rzeszow",))


def every_request() -> dict[str, Any]:
    return {
        "index template": template("okienko").to_dict(),
        "retrieval": requests.retrieval(PLAN, FILTERS, 100),
        "retrieval of everything": requests.retrieval(Plan(""), Filters(), 20),
        "retrieval of nothing": requests.retrieval(Plan("!?"), Filters(), 20),
        "counting": requests.counting(PLAN, FILTERS, FACETS[:2]),
        "reading": requests.reading(["UW-PAS-001", "UW-PAS-002"]),
        "walking, next page": requests.walking(1000, [17]),
    }


def test_requests_are_as_reviewed() -> None:
    """The requests as JSON."""
    assert every_request() == json.loads(GOLDEN.read_text(encoding="utf-8"))


def test_nothing_is_asked_for_that_a_plain_server_lacks() -> None:
    said = json.dumps(every_request())

    assert not {word for word in ("script", "function_score", "stempel", "synonym", "reindex") if word in said}
    assert '"analyzer": "whitespace"' in said


@pytest.mark.parametrize(
    ("search_url", "url", "alias"),
    [
        ("http://127.0.0.1:19200", "http://127.0.0.1:19200", "okienko"),
        ("http://search.example/katalog/", "http://search.example:9200", "katalog"),
        ("https://ola:a%40b@search.example/katalog", "https://ola:a%40b@search.example:443", "katalog"),
        ("http://[::1]:9201/x", "http://[::1]:9201", "x"),
    ],
)
def test_the_address_names_server_and_index(search_url: str, url: str, alias: str) -> None:
    address = server_address(search_url)

    assert (address.url, address.alias) == (url, alias)
