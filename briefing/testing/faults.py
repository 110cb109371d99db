"""Every way in which a server or a model fails, as a reply of the fake server."""

from __future__ import annotations

import json
from dataclasses import replace
from email.utils import formatdate

from briefing.testing.replies import Answering, Reply, Request


def lacking(answer: Answering, *features: str) -> Answering:
    """``answer`` by a server that refuses the ``features``: names of parameters, "json_schema" or "json_object"."""

    def answered(request: Request) -> Reply:
        form = (request.json.get("response_format") or {}).get("type")
        for feature in features:
            if feature in request.json or feature == form:
                return Fault.unsupported(feature)
        return answer(request)

    return answered


class Fault:
    """Replies that are of no use, one for each way in which servers and models fail."""

    @staticmethod
    def error(status: int, message: str, *, code: str | None = None, kind: str = "invalid_request_error") -> Reply:
        """An error in the shape of the API."""
        error = {"message": message, "type": kind, "param": None, "code": code}
        return Reply(status=status, body=json.dumps({"error": error}).encode())

    @staticmethod
    def key_refused() -> Reply:
        return Fault.error(401, "Incorrect API key provided: sk-fake.", code="invalid_api_key")

    @staticmethod
    def no_model() -> Reply:
        return Fault.error(404, "The model does not exist or you do not have access to it.", code="model_not_found")

    @staticmethod
    def timed_out() -> Reply:
        """408: the server itself gave up."""
        return Fault.error(408, "Request timed out.", kind="timeout")

    @staticmethod
    def rate_limited(retry_after: float | None = None, *, milliseconds: bool = False, at: float | None = None) -> Reply:
        """429. ``retry_after`` is in seconds, sent as ``retry-after-ms`` with ``milliseconds``; ``at`` is the time
        (seconds since 1970) at which to come back, sent as an HTTP date; without either nothing is said.
        """
        headers = {}
        if at is not None:
            headers["retry-after"] = formatdate(at, usegmt=True)
        elif retry_after is not None and milliseconds:
            headers["retry-after-ms"] = str(round(retry_after * 1000))
        elif retry_after is not None:
            headers["retry-after"] = f"{retry_after:g}"
        error = Fault.error(429, "Rate limit reached for requests.", code="rate_limit_exceeded", kind="requests")
        return replace(error, headers=headers)

    @staticmethod
    def quota_used_up() -> Reply:
        """429 too, but coming back does not help."""
        message = "You exceeded your current quota, please check your plan and billing details."
        return Fault.error(429, message, code="insufficient_quota", kind="insufficient_quota")

    @staticmethod
    def server_error(status: int = 500) -> Reply:
        """An error page of some machine in between."""
        page = f"<html><head><title>{status}</title></head><body><h1>{status} Bad Gateway</h1></body></html>"
        return Reply(status=status, body=page.encode(), headers={"content-type": "text/html"})

    @staticmethod
    def dropped(after: int | None = None) -> Reply:
        """The connection is closed before the answer, or ``after`` bytes of its body."""
        return Reply("This answer never arrives whole.", cut=-1 if after is None else after)

    @staticmethod
    def drip(seconds: float = 0.05) -> Reply:
        """One byte at a time, without end: each read succeeds, the answer never does."""
        return Reply("", drip=seconds)

    @staticmethod
    def silent() -> Reply:
        """The connection stays open and nothing comes."""
        return Reply("").after(1e6)

    @staticmethod
    def not_json() -> Reply:
        """200 with a page instead of an answer, as from a proxy that wants a login."""
        return Reply(body=b"<html><body>Please log in.</body></html>", headers={"content-type": "text/html"})

    @staticmethod
    def truncated(reply: Reply, share: float = 0.5) -> Reply:
        """The first ``share`` of the text of ``reply``, though the model says that it is whole."""
        return replace(reply, content=reply.text[: int(len(reply.text) * share)])

    @staticmethod
    def cut_off(reply: Reply, share: float = 0.5) -> Reply:
        """The first ``share`` of the text of ``reply``: the cap on the answer's length was reached."""
        return replace(Fault.truncated(reply, share), finish="length")

    @staticmethod
    def fenced(reply: Reply) -> Reply:
        return replace(reply, content=f"```json\n{reply.text}\n```")

    @staticmethod
    def with_prose(reply: Reply) -> Reply:
        return replace(reply, content=f"Sure! Here is the brief you asked for:\n\n{reply.text}\n\nShall I add more?")

    @staticmethod
    def wrong_schema() -> Reply:
        """JSON, but not in the form asked for."""
        return Reply({"summary": {"bullets": ["The council met."], "confidence": "high"}})

    @staticmethod
    def plain_text() -> Reply:
        return Reply("The council met on Friday and voted against the plan, the sources say.")

    @staticmethod
    def empty() -> Reply:
        return Reply("")

    @staticmethod
    def no_content() -> Reply:
        """``content`` is null."""
        return Reply(None)

    @staticmethod
    def no_choices() -> Reply:
        body = {"id": "x", "object": "chat.completion", "created": 0, "model": "fake", "choices": []}
        return Reply(body=json.dumps(body).encode())

    @staticmethod
    def refusal() -> Reply:
        return Reply(None, refusal="I'm sorry, but I can't help with that.")

    @staticmethod
    def filtered() -> Reply:
        """The server's content filter ended the answer."""
        return Reply("", finish="content_filter")

    @staticmethod
    def prompt_filtered() -> Reply:
        """The server's content filter refused the question, as Azure does."""
        message = "The response was filtered due to the prompt triggering the content management policy."
        return Fault.error(400, message, code="content_filter")

    @staticmethod
    def repetition(words: str = "and the council and ", times: int = 400) -> Reply:
        """The same words until the cap is reached."""
        return Reply('{"headline": {"text": "' + words * times, finish="length")

    @staticmethod
    def unsupported(feature: str) -> Reply:
        message = f"Unsupported parameter: '{feature}' is not supported with this model."
        if feature in ("json_schema", "json_object"):
            message = f"Invalid parameter: 'response_format' of type '{feature}' is not supported with this model."
            feature = "response_format"
        error = {"message": message, "type": "invalid_request_error", "param": feature, "code": "unsupported_parameter"}
        return Reply(status=400, body=json.dumps({"error": error}).encode())

    @staticmethod
    def context_exceeded(tokens: int = 4096) -> Reply:
        message = f"This model's maximum context length is {tokens} tokens. Please reduce the length of the messages."
        return Fault.error(400, message, code="context_length_exceeded")

    @staticmethod
    def without_usage(reply: Reply) -> Reply:
        return replace(reply, usage=None)
