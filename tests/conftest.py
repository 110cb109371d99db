"""Fixtures that tests of several folders use."""

from tests.postgres import postgres_server, postgres_url
from tests.stores import empty, made_database, made_file, store, where

__all__ = ["empty", "made_database", "made_file", "postgres_server", "postgres_url", "store", "where"]
