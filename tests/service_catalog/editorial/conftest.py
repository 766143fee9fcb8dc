"""Fixtures of the checks by other people."""

from tests.publication.conftest import certain_test_database, real_transactions

__all__ = ["certain_test_database", "real_transactions"]
