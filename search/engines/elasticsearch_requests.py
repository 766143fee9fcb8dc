"""Requests to Elasticsearch as plain dictionaries: on the hot path objects of the query language cost milliseconds.

Every term is already analysed, so only `term`, `terms` and `dis_max` are used: no scripts, no analysis on the server.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from search.documents import FacetName
from search.engines.protocol import Filters
from search.engines.terms import MOST_FACET_VALUES, TIE_BREAKER, weighted_terms
from search.planner import Clause, Plan

Request = dict[str, Any]

STORED = ("key", "sequence", "source_hash", "teaser", "numbers")
"""Fields read back from `_source`."""


def retrieval(plan: Plan, filters: Filters, limit: int) -> Request:
    """The best documents for a plan: keys, scores and hashes only. An empty plan lists all by title."""
    request: Request = {
        "query": query(plan, filters),
        "size": limit,
        "track_total_hits": True,
        "_source": False,
        "docvalue_fields": ["source_hash"],
    }
    if plan.lists_everything:
        request["sort"] = [{"sort_title": "asc"}]
    return request


def counting(plan: Plan, filters: Filters, names: Sequence[FacetName]) -> Request:
    """Numbers of documents per value of several facets; each facet ignores its own filter."""
    unfiltered = Filters(without_offices=filters.without_offices)
    return {
        "query": query(plan, unfiltered),
        "size": 0,
        "track_total_hits": False,
        "aggs": {
            name: {
                "filter": {"bool": {"filter": _within(filters.ignoring(name))}},
                "aggs": {"values": {"terms": {"field": name, "size": MOST_FACET_VALUES}}},
            }
            for name in names
        },
    }


def reading(keys: Sequence[str]) -> Request:
    """The stored parts of some documents."""
    return {"query": {"terms": {"key": list(keys)}}, "size": len(keys), "_source": list(STORED)}


def walking(size: int, after: Sequence[Any] | None) -> Request:
    """One page of all documents in the order of the shard; `after` is where the page before ended."""
    request: Request = {
        "query": {"match_all": {}},
        "size": size,
        "_source": list(STORED),
        "sort": [{"_shard_doc": "asc"}],
        "track_total_hits": False,
    }
    return request if after is None else request | {"search_after": list(after)}


def query(plan: Plan, filters: Filters) -> Request:
    """Any clause of the plan, within the filters; filters add nothing to the score."""
    within = _within(filters)
    unwanted = [{"terms": {"office": list(filters.without_offices)}}] if filters.without_offices else []
    if not plan.lists_everything and not plan.clauses:
        return {"match_none": {}}
    wanted: Request = {"must": [{"match_all": {}}]}
    if not plan.lists_everything:
        wanted = _any(plan)
    return {"bool": {**wanted, "filter": within, "must_not": unwanted}}


def _any(plan: Plan) -> Request:
    """Any clause that finds; the others add to the score."""
    clauses = [_clause(clause) for clause in plan.clauses]
    if plan.finding is None:
        return {"should": clauses, "minimum_should_match": 1}
    found = [clauses[index] for index in plan.finding]
    others = [clause for index, clause in enumerate(clauses) if index not in plan.finding]
    return {"must": [{"bool": {"should": found, "minimum_should_match": 1}}], "should": others}


def _clause(clause: Clause) -> Request:
    terms = [{"term": {field: {"value": term, "boost": boost}}} for field, term, boost in weighted_terms(clause)]
    return {"dis_max": {"tie_breaker": TIE_BREAKER, "queries": terms}}


def _within(filters: Filters) -> list[Request]:
    return [{"terms": {facet: list(values)}} for facet, values in filters.values.items()]
