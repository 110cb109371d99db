"""A tiny web application behind the links of mails, for any WSGI server: who follows one can leave the list."""

from __future__ import annotations

import html
import logging
import re
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, NamedTuple

from briefing.delivery.unsubscribe import read
from briefing.delivery.web_words import WORDS, Words
from briefing.errors import DeliveryError

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

_log = logging.getLogger(__name__)

# A request that unsubscribes is 27 bytes long, 200 as a form of several parts.
_LONGEST = 4096
_METHODS = ("GET", "HEAD", "POST")
_PAGE = """<!doctype html>
<html lang="{language}" dir="{direction}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="robots" content="noindex">
<title>{title}</title>
<style>
:root {{ color-scheme: light dark }}
body {{ font: 1.125rem/1.5 system-ui, sans-serif; max-width: 34rem; margin: 15vh auto; padding: 0 1.5rem;
overflow-wrap: anywhere }}
h1 {{ font-size: 1.5rem }}
button {{ font: inherit; padding: .7rem 1.4rem; min-height: 2.75rem }}
</style>
<main>
<h1>{title}</h1>
<p{role}>{text}</p>{form}
</main>
</html>
"""
# The same field that mail programs send (RFC 8058, 3.1).
_FORM = """
<form method="post"><button name="List-Unsubscribe" value="One-Click">{button}</button></form>"""
_HEADERS = [
    ("Content-Type", "text/html; charset=utf-8"),
    ("Cache-Control", "no-store"),
    ("Content-Language", ""),
    # Nothing is loaded, framed or run; the address of the page, which is all that one needs to know, is told to nobody.
    (
        "Content-Security-Policy",
        "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    ),
    ("Referrer-Policy", "no-referrer"),
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),
    ("X-Robots-Tag", "noindex"),
    ("Vary", "Accept-Language"),
]


class _Answer(NamedTuple):
    status: str
    text: str
    button: bool = False
    headers: tuple[tuple[str, str], ...] = ()


def unsubscribe_app(secret: str, remove: Callable[[str, str], object]) -> WSGIApplication:
    """An application to mount at the ``base_url`` of ``unsubscribe.links``.

    ``POST`` takes the address from the list at once, by ``remove(list, address)``, which may be called again for whom
    it has removed. ``GET`` asks first, with a button: programs that look at links in mails do not unsubscribe anybody.
    Whatever is not a link of ours is 404. ``remove`` is called in the server's thread; where it raises, the answer is
    503 and nothing else is told.
    """

    def application(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        language, words = _words(environ.get("HTTP_ACCEPT_LANGUAGE", ""))
        answer = _answer(environ, secret, remove, words)
        page = _PAGE.format(
            language=language,
            direction="rtl" if language == "ar" else "ltr",
            title=html.escape(words.title),
            role="" if answer.button else ' role="status"',
            text=answer.text,
            form=_FORM.format(button=html.escape(words.title)) if answer.button else "",
        ).encode()
        headers = [(name, value or language) for name, value in _HEADERS]
        start_response(answer.status, [*headers, *answer.headers, ("Content-Length", str(len(page)))])
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [page]

    return application


def _answer(environ: WSGIEnvironment, secret: str, remove: Callable[[str, str], object], words: Words) -> _Answer:
    method = environ["REQUEST_METHOD"]
    if method not in _METHODS:
        return _Answer("405 Method Not Allowed", html.escape(words.wrong), headers=(("Allow", ", ".join(_METHODS)),))
    try:
        list, address = read(environ.get("PATH_INFO", "").rpartition("/")[2], secret)
    except DeliveryError:
        return _Answer("404 Not Found", html.escape(words.wrong))
    named = {"list": f"<bdi>{html.escape(list)}</bdi>", "address": f"<bdi>{html.escape(address)}</bdi>"}
    if method != "POST":
        return _Answer("200 OK", html.escape(words.question).format(**named), button=True)
    length = environ.get("CONTENT_LENGTH") or "0"
    if not re.fullmatch("[0-9]{1,15}", length):
        return _Answer("400 Bad Request", html.escape(words.wrong))
    if int(length) > _LONGEST:
        return _Answer("413 Content Too Large", html.escape(words.wrong))
    body = environ["wsgi.input"].read(int(length))
    # As form-urlencoded or as a form of several parts; programs send either.
    if b"List-Unsubscribe" not in body or b"One-Click" not in body:
        return _Answer("400 Bad Request", html.escape(words.question).format(**named), button=True)
    try:
        remove(list, address)
    except Exception as error:
        # Whatever else it says may name the person.
        _log.error("somebody could not be unsubscribed: %s", type(error).__name__)
        return _Answer("503 Service Unavailable", html.escape(words.later), headers=(("Retry-After", "60"),))
    return _Answer("200 OK", html.escape(words.done).format(**named))


def _words(accepted: str) -> tuple[str, Words]:
    """The language of ours that is liked most (RFC 9110, 12.5.4), else English."""
    liked: list[tuple[float, str]] = []
    for part in accepted[:500].split(","):
        match = re.fullmatch(r"\s*([A-Za-z]{2})(?:-[A-Za-z0-9-]+)?\s*(?:;\s*q=([01](?:\.[0-9]{0,3})?)\s*)?", part)
        if match and match[1].lower() in WORDS:
            liked.append((-float(match[2] or 1), match[1].lower()))
    # Sorting keeps the order of those that are liked alike.
    language = min(liked, key=lambda item: item[0])[1] if liked else "en"
    return language, WORDS[language]
