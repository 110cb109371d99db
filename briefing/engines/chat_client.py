"""One request over HTTP: the only file that knows ``openai`` and ``httpx2``."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING, Any

from briefing.engines.chat_faults import Faults
from briefing.engines.chat_reply import payload
from briefing.engines.retry import Fault, World

if TYPE_CHECKING:
    import httpx2
    from openai import AsyncOpenAI

CONNECT = 15.0
# The longest answer of any model is under a megabyte; log-probabilities with 20 alternatives make it some thirty.
MOST_BYTES = 64_000_000


class Client:
    """Sends a question to Chat Completions and brings back the JSON of the answer. For one event loop at a time.

    No request takes longer than ``timeout`` seconds from its start to the last byte, however slowly it drips. Redirects
    are not followed. Proxies of the environment are used, but not for a server on this machine.
    """

    def __init__(
        self,
        faults: Faults,
        *,
        timeout: float = 300.0,
        most: int = MOST_BYTES,
        world: World = World(),  # noqa: B008
        transport: httpx2.AsyncBaseTransport | None = None,
    ) -> None:
        self._faults = faults
        self._timeout = timeout
        self._most = most
        self._world = world
        self._transport = transport
        self._opened: AsyncOpenAI | None = None

    async def send(self, body: dict[str, Any]) -> dict[str, Any]:
        """The answer as JSON. Raises ``Fault``, and nothing of the libraries."""
        # Imported here because most commands never ask a model.
        import httpx2
        import openai

        client = self.open()
        fault: Fault
        try:
            async with asyncio.timeout(self._timeout):
                raw = await client.chat.completions.with_raw_response.create(**body)
            return payload(raw.http_response.content, self._faults, self._world.now())
        except Fault as e:
            fault = e
        except TimeoutError:
            fault = self._faults.of_time(self._timeout)
        except openai.APIStatusError as e:
            headers = {name.lower(): value for name, value in e.response.headers.items()}
            fault = self._faults.of_status(e.status_code, e.response.text, headers, self._world.now())
        except openai.APIConnectionError as e:
            fault = self._of_cause(e.__cause__ or e)
        except (openai.OpenAIError, httpx2.HTTPError, httpx2.InvalidURL, httpx2.StreamError, OSError, _TooLarge) as e:
            fault = self._of_cause(e)
        # Outside of the handlers, so that no traceback leads to the library's error: it holds the request and the key.
        raise fault

    def open(self) -> AsyncOpenAI:
        """Gets ready to send. The first time it imports the library, which takes a second or more."""
        if self._opened is None:
            self._opened = _open(self._faults, self._timeout, self._most, self._transport)
        return self._opened

    async def aclose(self) -> None:
        if self._opened is not None:
            opened, self._opened = self._opened, None
            await opened.close()

    def _of_cause(self, cause: BaseException) -> Fault:
        import httpx2

        if isinstance(cause, _TooLarge):
            return self._faults.of_body(f"more than {self._most:,} bytes")
        if isinstance(cause, httpx2.DecodingError):
            return self._faults.of_body("bytes that cannot be unpacked")
        never_made = (
            httpx2.ConnectError,
            httpx2.ConnectTimeout,
            httpx2.PoolTimeout,
            httpx2.ProxyError,
            httpx2.UnsupportedProtocol,
            httpx2.InvalidURL,
        )
        if isinstance(cause, httpx2.TimeoutException) and not isinstance(cause, never_made):
            return self._faults.of_time(self._timeout)
        return self._faults.of_connection(cause, made=not isinstance(cause, never_made))


def _open(faults: Faults, timeout: float, most: int, transport: httpx2.AsyncBaseTransport | None) -> AsyncOpenAI:
    import httpx2
    from openai import AsyncOpenAI

    async def bounded(response: httpx2.Response) -> None:
        assert isinstance(response.stream, httpx2.AsyncByteStream)
        response.stream = _bounded(response.stream, most)

    server, key = faults.server, faults.key

    http = httpx2.AsyncClient(
        timeout=httpx2.Timeout(timeout, connect=min(CONNECT, timeout), pool=None),
        # How many requests run at once is the business of ``Limits``.
        limits=httpx2.Limits(max_connections=None),
        follow_redirects=False,
        trust_env=not server.local,
        transport=transport,
        event_hooks={"response": [bounded]},
    )
    client = AsyncOpenAI(
        base_url=server.url,
        # The library refuses to go without one; servers that want none ignore it.
        api_key=key.value or "none",
        admin_api_key="",
        max_retries=0,
        http_client=http,
    )
    if server.host != "api.openai.com":
        # From the environment; of no concern to anybody else.
        client.organization = client.project = None
    # The library imports its parts at first use; better now than while a request's time runs.
    _ = client.chat.completions.with_raw_response
    return client


class _TooLarge(Exception):
    """The body of a response has more bytes than are read."""


def _bounded(stream: httpx2.AsyncByteStream, most: int) -> httpx2.AsyncByteStream:
    """The stream of a response, be it an answer or an error, that ends with ``_TooLarge`` after ``most`` bytes."""
    import httpx2

    class Bounded(httpx2.AsyncByteStream):
        async def __aiter__(self) -> AsyncIterator[bytes]:
            size = 0
            async for chunk in stream:
                size += len(chunk)
                if size > most:
                    raise _TooLarge
                yield chunk

        async def aclose(self) -> None:
            await stream.aclose()

    return Bounded()
