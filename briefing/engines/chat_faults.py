"""What goes wrong between us and a server, as one of our outcomes, with words that say what to type."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from briefing.engines.chat_server import Key, Server, variables
from briefing.engines.outcomes import Outcome
from briefing.engines.retry import Fault, asked_wait

_MANY = 99
_QUOTA = re.compile(
    r"insufficient[_ ](?:quota|credits?|funds|balance)|billing|exceeded your current quota"
    r"|payment required|credit balance",
    re.IGNORECASE,
)
_LONG = re.compile(
    r"context[_ ](?:length|size|window)|exceed_context|maximum context|prompt is too long|input is too long"
    r"|too many tokens|reduce the length|request too large|string too long|token count .{0,40}exceeds|n_ctx",
    re.IGNORECASE,
)
_MODEL = re.compile(
    r"model[_ ]not[_ ]found|no endpoints found|not a valid model|no such model|deploymentnotfound|unknown model"
    r"|invalid model|model .{0,80}(?:not found|does not exist|not loaded|is not available)",
    re.IGNORECASE,
)
_FILTER = re.compile(r"content[_ ](?:filter|policy)|contentfilter|responsibleai|moderation|flagged", re.IGNORECASE)
_KEY = re.compile(
    r"(?:invalid|incorrect|missing|expired|valid).{0,20}api[_ ]?key|api[_ ]?key (?:is )?(?:not )?valid", re.I
)
_PAGE = re.compile(r"\s*<(?:!doctype|html|head|body|\?xml)", re.IGNORECASE)
_CONTEXT = re.compile(
    r"(?:context (?:length|size|window)|maximum)\D{0,30}(\d{3,})|\((\d{3,}) tokens\), try", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Faults:
    """Puts the troubles of one model on one server into words. What a server says is quoted, and never with the key."""

    model: str
    server: Server
    key: Key

    def of_status(self, status: int, body: str, headers: Mapping[str, str], now: datetime) -> Fault:
        """An answer whose HTTP status is an error; names of headers in lower case."""
        said = self.said(body)
        # A page of a proxy is no word of the model's server.
        words, where = "" if _PAGE.match(body) else body[:10_000], f"{self.model} at {self.server.url}"
        wait, quoted = asked_wait(headers, now), f"; it says: {said}" if said else ""
        # What the words say comes first where servers do not agree on a status.
        if status == 402 or (status in (400, 403, 429) and _QUOTA.search(words)):
            detail = f"{self.server.url} takes no more calls until the account is topped up{quoted}"
            return Fault(Outcome.QUOTA, detail, lasting=True)
        if status == 401 or (status in (400, 403) and _KEY.search(words)):
            return Fault(Outcome.KEY, f"{self._about_key()}{quoted}", lasting=True)
        if status in (400, 403, 422) and _FILTER.search(words):
            return Fault(Outcome.FILTERED, f"{where} did not take the text{quoted}")
        if status in (400, 404, 422) and (_MODEL.search(words) or (status == 404 and self.model in words)):
            return Fault(Outcome.NO_MODEL, f"{where}{quoted}; to list its models: {self._listing()}", lasting=True)
        if status == 413 or (status in (400, 422, 429, 500) and _LONG.search(words)):
            return Fault(Outcome.TOO_LONG, f"{where} cannot hold the question and its answer{quoted}", words=body)
        if status == 403 and words:
            return Fault(Outcome.KEY, f"{self._about_key()}{quoted}", lasting=True)
        if status in (404, 405) or 300 <= status < 400:
            target = f" (it sends us to {headers['location']})" if "location" in headers else ""
            detail = (
                f"nothing answers at {self.server.url}/chat/completions{target}; check base_url, it often ends in /v1"
            )
            return Fault(Outcome.NO_MODEL, f"{detail}{quoted}", lasting=True)
        if status == 429:
            waits = f"; it asks to wait {wait:.0f} s" if wait is not None else ""
            detail = f"{where} takes no more calls at present{waits}{quoted}; lower requests_per_minute or concurrency"
            return Fault(Outcome.RATE, detail, tries=_MANY, wait=wait)
        if status == 408:
            return Fault(Outcome.TIMEOUT, f"{where} gave up waiting (HTTP 408){quoted}", tries=_MANY, wait=wait)
        if status in (409, 425) or status >= 500:
            # Said to be final by the server, or by the standard: not implemented, wrong version of HTTP.
            final = headers.get("x-should-retry") == "false" or status in (501, 505)
            # A gateway that gave up may stand before a model that did not.
            paid = status in (502, 504, 524)
            detail = f"{where} fails with HTTP {status}{quoted}"
            return Fault(Outcome.SERVER, detail, tries=1 if final else _MANY, wait=wait, paid=paid, words=body)
        return Fault(Outcome.REQUEST, f"{where} refuses the request with HTTP {status}{quoted}", words=body)

    def of_connection(self, cause: BaseException, *, made: bool) -> Fault:
        """No whole answer came; ``made`` is False where there was not even a connection."""
        why = self.said(str(cause)) or type(cause).__name__
        if made:
            detail = f"{self.server.url} broke off while it answered ({why})"
            return Fault(Outcome.NO_CONNECTION, detail, tries=3, paid=True)
        todo = (
            "is the server running? Start it, or set base_url"
            if self.server.local
            else "check base_url and the network"
        )
        return Fault(
            Outcome.NO_CONNECTION, f"nobody answers at {self.server.url} ({why}); {todo}", lasting=True, tries=3
        )

    def of_time(self, seconds: float) -> Fault:
        detail = (
            f"{self.model} at {self.server.url} had not answered after {seconds:g} s; set timeout to give it longer"
        )
        # A model on this machine is slow, and would be as slow again; far away, one connection may have been stuck.
        return Fault(Outcome.TIMEOUT, detail, tries=1 if self.server.local else 2, paid=True)

    def of_body(self, why: str) -> Fault:
        """HTTP says that all is well, and what came is not an answer."""
        return Fault(Outcome.SERVER, f"{self.server.url} sent {why} instead of an answer", tries=3, paid=True)

    def said(self, body: str) -> str:
        """What the server said, short, on one line, without the key; nothing of a page of HTML but its title."""
        hidden = self.key.hidden(body)
        if _PAGE.match(hidden):
            title = re.search(r"<title[^>]*>([^<]*)", hidden, re.IGNORECASE)
            hidden = f"a web page{f', {title.group(1).strip()!r}' if title else ''}; is a proxy in between?"
        else:
            hidden = _message(hidden)
        line = " ".join("".join(c if c.isprintable() else " " for c in hidden).split())
        return line if len(line) <= 300 else f"{line[:299]}…"

    def _about_key(self) -> str:
        if not self.key.value:
            name = variables(self.server)[0]
            hint = "set key_variable to the variable with its key" if self.server.local else f"type: export {name}=..."
            return f"{self.server.url} wants a key and none was found; {hint}"
        return (
            f"{self.server.url} refuses the key from {self.key.source}; check that it is whole and may use {self.model}"
        )

    def _listing(self) -> str:
        auth = (
            f' -H "Authorization: Bearer ${self.key.source}"'
            if self.key.source.isidentifier() and self.key.value
            else ""
        )
        return f"curl {self.server.url}/models{auth}"


def named_context(words: str) -> int | None:
    """The size of the context in tokens that a server named when it refused a question as too long."""
    for number in re.findall(r'"n_ctx"\s*:\s*(\d+)', words):
        return int(number)
    found = _CONTEXT.search(words)
    return int(found.group(1) or found.group(2)) if found else None


def _message(body: str) -> str:
    """The message of an error as servers write it: ``{"error": {"message": ..., "code": ...}}`` or much like it."""
    try:
        value: Any = json.loads(body)
    except ValueError:
        return body
    # Google's wraps its error in a list, FastAPI's is "detail".
    value = value[0] if isinstance(value, list) and value else value
    if isinstance(value, dict):
        value = next((value[name] for name in ("error", "detail", "message") if value.get(name)), value)
    if isinstance(value, dict):
        value = next((value[name] for name in ("message", "code", "type") if value.get(name)), value)
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
