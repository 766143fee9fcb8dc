"""Every operation of the API under generated requests: no 5xx, and no status, type or body that the description does not name.

The requests come from the OpenAPI document itself, so a new operation is tried as soon as it exists. The seed is fixed: the same
requests in every run.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from functools import cache
from http import HTTPStatus
from typing import Any

import pytest
import schemathesis
from django.core import signals
from django.core.handlers.wsgi import WSGIHandler
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from config.api import api

pytest_plugins = ("schemathesis.pytest.plugin",)
"""Only here: every other process of the tests is spared the second that its import takes."""

EXAMPLES = 30
"""Requests per operation: all operations together take about a minute."""
CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
BOUNDED = settings(
    max_examples=EXAMPLES,
    derandomize=True,
    database=None,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@cache
def _site() -> WSGIHandler:
    """The site, made when the first request comes: by then the tests have directories of their own."""
    return WSGIHandler()


def application(environ: dict[str, Any], start_response: Any) -> Any:
    """The site as a WSGI application."""
    return _site()(environ, start_response)


schema = schemathesis.openapi.from_dict(api.get_openapi_schema(path_prefix="/api/v1/"))
schema.app = application


@pytest.fixture(autouse=True)
def _one_connection() -> Iterator[None]:
    """A test is one transaction: no request may close its connection, as the client of Django's tests sees to as well."""
    signals.request_started.disconnect(close_old_connections)
    signals.request_finished.disconnect(close_old_connections)
    gc.disable()  # Python 3.11 counts its recursion wrongly when the collector runs while Hypothesis parses a lambda (gh-106905)
    yield
    gc.enable()
    signals.request_started.connect(close_old_connections)
    signals.request_finished.connect(close_old_connections)


@pytest.mark.django_db
@schema.parametrize()
@BOUNDED
def test_no_request_breaks_the_api_or_its_description(case: Any) -> None:
    response = case.call_and_validate(checks=CHECKS, headers={"Accept-Encoding": "identity"})
    if response.status_code == HTTPStatus.OK and not (case.query or {}).get("fields"):
        assert set(_required(case)) <= response.json().keys()


def _required(case: Any) -> list[str]:
    """Fields that the description says are there whenever the reader selects none."""
    responses = {str(status): response for status, response in case.operation.definition.raw["responses"].items()}
    content = responses["200"].get("content", {})
    described = content.get("application/json", {}).get("schema", {})
    choices = described.get("anyOf") or [{}]
    return list(choices[0].get("required", ()))
