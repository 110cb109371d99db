"""Errors of databases in plain words: what is wrong, where, and what to type."""

from __future__ import annotations

import errno
import re
from pathlib import Path

import sqlalchemy as sa

from briefing.errors import StoreError

# What SQLite, PostgreSQL and the operating system say, and what it means; the first that fits.
_SAYINGS = (
    (r"database (table )?is locked|database schema is locked|lock timeout|deadlock detected", "locked"),
    (r"database or disk is full|no space left|could not extend file|disk quota", "full"),
    (r"readonly database|read-only|unable to open database file|permission denied", "closed"),
    (r"not a database|malformed|disk image|invalid page|could not read block", "damaged"),
    (r'database "[^"]*" does not exist', "missing"),
    (r"password|authentication failed|no pg_hba\.conf entry|role \"[^\"]*\" does not exist", "refused"),
    (r"connection|connect|server closed|shutting down|starting up|name resolution|translate host", "away"),
)
_ERRNO = {errno.ENOSPC: "full", errno.EDQUOT: "full", errno.EROFS: "closed", errno.EACCES: "closed"}


def shown(where: str | Path) -> str:
    """``where`` for a message: without the password that a URL may hold."""
    if not is_url(where):
        return str(where)
    try:
        url = sa.make_url(str(where))
    except (sa.exc.ArgumentError, ValueError):
        return "the address of the database"
    hidden = {key: "***" if key == "password" else value for key, value in url.query.items()}
    return url.set(query=hidden).render_as_string(hide_password=True)


def is_url(where: str | Path) -> bool:
    return isinstance(where, str) and "://" in where


def said(error: BaseException) -> str:
    """The words of the database itself, on one line."""
    text = str(getattr(error, "orig", None) or error) or type(error).__name__
    return " ".join(text.split())


def explained(where: str | Path, error: Exception) -> StoreError:
    """The error of a library or the operating system as one of ours; raise it ``from`` that."""
    words = _without_password(where, said(error))
    name = shown(where)
    if isinstance(error, (sa.exc.DataError, OverflowError, UnicodeError)):
        return StoreError(f"{name}: the database cannot hold this value ({words})")
    if isinstance(error, (sa.exc.ArgumentError, ValueError)):
        return StoreError(
            f"{name} is no address of a database ({words}); name a file, or write postgresql://user@host/name"
        )
    if isinstance(error, sa.exc.IntegrityError):
        return StoreError(f"{name}: the database refuses what contradicts what is there ({words})")
    return StoreError(_advice(_kind(error, words), name, words, local=not is_url(where) or name.startswith("sqlite")))


def _kind(error: Exception, words: str) -> str:
    number = getattr(error, "errno", None)
    if number in _ERRNO:
        return _ERRNO[number]
    return next((kind for saying, kind in _SAYINGS if re.search(saying, words, re.IGNORECASE)), "")


def _advice(kind: str, name: str, words: str, *, local: bool) -> str:
    match kind:
        case "locked":
            return f"{name} is held by another program ({words}); end that one or wait, then try again"
        case "full":
            return f"{name} has no room to grow ({words}); make room on its disk, then try again"
        case "closed" if local:
            return f"{name} cannot be written or opened ({words}); see who may with: ls -ld {name}"
        case "closed":
            return f"{name} does not let this user do that ({words}); its owner can: GRANT ALL ON SCHEMA public TO ..."
        case "damaged" if local:
            return f"{name} is not a database or is damaged ({words}); put a copy of it in its place, or move it away"
        case "missing":
            made = name.partition("?")[0].rpartition("/")[2] or "briefing"
            return f"{name} is not there ({words}); make it with: createdb {made}"
        case "refused":
            return f"{name} does not let this user in ({words}); see the user and the password in its address"
        case "away" if not local:
            return f"{name} cannot be reached ({words}); see whether the server runs with: pg_isready"
    return f"{name}: {words}"


def _without_password(where: str | Path, text: str) -> str:
    if not is_url(where):
        return text
    try:
        url = sa.make_url(str(where))
    except (sa.exc.ArgumentError, ValueError):
        return "not understood"
    for secret in (url.password, url.query.get("password")):
        if isinstance(secret, str) and secret:
            text = text.replace(secret, "***")
    return text
