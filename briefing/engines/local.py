"""A language model in this process: llama.cpp's server on the loopback address, asked like any other.

Nothing leaves the machine. It needs the extra ``local`` (xllamacpp). Why in the process, and what that asks for:
docs/decisions/0017-a-model-in-the-process.md.
"""

from __future__ import annotations

import ctypes
import http.client
import importlib
import json
import logging
import os
import re
import secrets
import sys
import tempfile
import time
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, Self

from briefing.engines.local_file import check, fingerprint, trained_context
from briefing.engines.outcomes import Outcome
from briefing.errors import ConfigError, EngineError

log = logging.getLogger(__name__)

CONTEXT = 8192  # tokens
# So many tokens of a prompt are read before the end of a request is noticed; more would be minutes on a slow machine.
_BATCH = 512
# MiB for prompts that were read, so that a writer and a judge who take turns do not read theirs anew. The library
# would take 8 GB.
_PROMPTS = 512
_SILENT, _ERRORS = 0, 1
_PATIENCE = 30.0  # seconds; the server mostly notices within two that nobody waits for an answer any more
_STAMP = re.compile(r"^[\d.]+ E +(?:srv|cmn)? *")


class LocalServer:
    """A model that is loaded and answers at ``base_url`` to who knows ``key``.

    It answers one request at a time; more wait, so ask with a concurrency of 1. ``model`` names the file and tells it
    from another of the same name; ``context`` is in tokens, question and answer together.
    """

    def __init__(self, model: str, address: str, key: str, context: int, loaded: list[Any]) -> None:
        self.model = model
        self.base_url = f"{address}/v1"
        self.key = key
        self.context = context
        # Also when the process ends, or nobody holds the server any more.
        self._end = weakref.finalize(self, _unload, loaded)

    def close(self) -> None:
        """Unloads the model; closing again does nothing. An answer that is still under way is waited for."""
        self._end()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def serve(path: Path, *, context: int | None = None, threads: int | None = None) -> LocalServer:
    """Loads a model and waits until it answers; ``context`` is bounded by what the model was trained to hold.

    ``threads`` is otherwise the number of cores that this process may use, less one.

    Raises ``ConfigError`` for a file that cannot be a model for this machine (see ``local_file.check``), and
    ``EngineError`` where it cannot be loaded all the same. Ctrl-C is heeded when loading is done.
    """
    check(path)
    wanted = context or CONTEXT
    model, key = f"{path.stem}@{fingerprint(path)}", secrets.token_urlsafe(24)
    loaded = [_load(path, model, key, min(wanted, trained_context(path) or wanted), threads or _cores())]
    address = str(loaded[0].listening_address)
    try:
        return LocalServer(model, address, key, _context(address, key), loaded)
    except (OSError, http.client.HTTPException, ValueError, KeyError) as e:
        _unload(loaded)
        raise EngineError(Outcome.NO_CONNECTION, f"{path}: is loaded but does not answer: {e}", lasting=True) from e


def _load(path: Path, model: str, key: str, context: int, threads: int) -> Any:
    """The library's server. It is silent; when it fails it is asked once more, aloud, to learn the reason."""
    try:
        library = importlib.import_module("xllamacpp")
    except ImportError as e:
        raise ConfigError(f"xllamacpp cannot be used: {e}; type: pip install --force-reinstall xllamacpp") from e
    for verbosity in (_SILENT, _ERRORS):
        with _captured_stderr() as said:
            try:
                return library.Server(_parameters(library, path, model, key, context, threads, verbosity))
            except Exception as e:  # the library turns C++ exceptions into several kinds
                error = e
            said.seek(0)
            lines = said.read().decode(errors="replace").splitlines()
    log.debug("llama.cpp on %s:\n%s", path, "\n".join(lines))
    reason = _STAMP.sub("", lines[0]) if lines else str(error)
    raise EngineError(Outcome.NO_MODEL, f"{path}: cannot be loaded: {reason}", lasting=True) from error


def _parameters(library: Any, path: Path, model: str, key: str, context: int, threads: int, verbosity: int) -> Any:
    wanted = library.CommonParams()
    wanted.model.path = str(path)
    wanted.model_alias = {model}
    wanted.hostnames, wanted.port = ["127.0.0.1"], 0
    wanted.api_keys = [key]
    wanted.n_ctx, wanted.n_parallel, wanted.n_batch = context, 1, _BATCH
    wanted.cache_ram_mib = _PROMPTS
    wanted.cpuparams.n_threads = threads
    wanted.ui, wanted.endpoint_slots, wanted.endpoint_metrics = False, False, True
    wanted.verbosity = verbosity
    return wanted


def _cores() -> int:
    """One is left to others: llama.cpp's threads spin while they wait for each other, and where one of them has to
    share its core all of them stand still (measured: 40 tokens/s with one of two busy cores, none with both).
    """
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(cores - 1, 1)


def _context(address: str, key: str) -> int:
    """What the server says. Not through a client that heeds proxies: the key stays on this machine."""
    connection = http.client.HTTPConnection(address.removeprefix("http://"), timeout=60)
    try:
        connection.request("GET", "/props", headers={"Authorization": f"Bearer {key}"})
        return int(json.load(connection.getresponse())["default_generation_settings"]["n_ctx"])
    finally:
        connection.close()


def _unload(loaded: list[Any]) -> None:
    server = loaded.pop()
    until = time.monotonic() + _PATIENCE
    while _busy(server):
        if time.monotonic() > until:
            # Ending it now would wait for that answer, with the interpreter's lock held that its reader needs. With
            # one reference too many it ends with the process instead.
            ctypes.pythonapi.Py_IncRef(ctypes.py_object(server))
            return
        time.sleep(0.05)


def _busy(server: Any) -> bool:
    counted = re.findall(r"^llamacpp:requests_(?:processing|deferred) (\d+)", server.handle_metrics(), re.MULTILINE)
    return any(int(number) for number in counted)


@contextmanager
def _captured_stderr() -> Iterator[IO[bytes]]:
    """What C code writes to standard error, in a file. Nothing of Python's is lost: it cannot run while loading."""
    with tempfile.TemporaryFile() as file:
        try:
            terminal = os.dup(2)
        except OSError:  # there is none
            yield file
            return
        if sys.stderr is not None:
            sys.stderr.flush()
        os.dup2(file.fileno(), 2)
        try:
            yield file
        finally:
            os.dup2(terminal, 2)
            os.close(terminal)
