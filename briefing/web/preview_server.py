"""The preview over HTTP, on this machine only."""

from __future__ import annotations

import json
import os
import signal
import socketserver
import sys
import threading
import time
from collections.abc import Callable
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

from briefing.errors import BriefingError, ConfigError
from briefing.model import Document
from briefing.render.problems import Problem, of_error
from briefing.render.theme_file import own_file
from briefing.web import preview_pages
from briefing.web.preview import FORMATS, Preview, Shown
from briefing.web.preview_shell import shell

HOST = "127.0.0.1"
PORT = 8765
_LOOK_SECONDS = 0.4
# So that a browser that has gone is noticed.
_BEAT_SECONDS = 10.0
_HTML, _PLAIN = "text/html; charset=utf-8", "text/plain; charset=utf-8"
_ASSETS = {"/preview.css": "text/css", "/preview.js": "text/javascript"}
_SAVED = {f"brief.{format}": format for format in FORMATS}
_NOWHERE = Path()
_SHELL_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; frame-src 'self'; img-src data:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


class PreviewServer(ThreadingHTTPServer):
    """Serves a preview at ``address``. Raises ``ConfigError`` where the port cannot be had; 0 takes a free one."""

    daemon_threads = True
    # Elsewhere the option lets two programs listen on one port.
    allow_reuse_address = os.name == "posix"

    def __init__(self, preview: Preview, port: int = 0) -> None:
        self.preview = preview
        self.closed = threading.Event()
        try:
            super().__init__((HOST, port), _Handler)
        except OSError as error:
            raise ConfigError(f"port {port} cannot be had: {error.strerror}; name another with --port") from error
        self.address = f"http://{HOST}:{self.server_port}/"
        # A page elsewhere may lead its own name to this machine; the browser then still sends that name.
        self.hosts = {f"{name}:{self.server_port}" for name in (HOST, "localhost", "[::1]")}
        if self.server_port == 80:
            self.hosts |= {HOST, "localhost", "[::1]"}

    def server_bind(self) -> None:
        # Not HTTPServer's, which asks the network what this machine is called.
        socketserver.TCPServer.server_bind(self)
        self.server_name, self.server_port = HOST, self.server_address[1]

    def server_close(self) -> None:
        self.closed.set()
        super().server_close()

    def handle_error(self, request: Any, client_address: Any) -> None:
        # A browser that leaves in the middle is no error.
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    server: PreviewServer
    server_version, sys_version = "briefing", ""

    def do_GET(self) -> None:
        if self.headers.get("Host", "") not in self.server.hosts:
            self._say(HTTPStatus.MISDIRECTED_REQUEST, "this server answers to its own address only\n")
            return
        path, _, query = self.path.partition("?")
        asked = {name: values[-1] for name, values in parse_qs(query).items()}
        try:
            shown = self.server.preview.shown(asked.get("sample", ""), asked.get("language", ""))
            self._answer(path, shown, asked.get("scheme", ""))
        except ConfigError as error:
            self._say(HTTPStatus.NOT_FOUND, f"{error}\n")

    def _answer(self, path: str, shown: Shown, scheme: str) -> None:
        scheme = scheme if scheme in preview_pages.SCHEMES else ""
        kind, _, name = path.removeprefix("/").partition("/")
        if path == "/":
            self._send(shell(self.server.preview), _HTML, _SHELL_POLICY)
        elif path in _ASSETS:
            asset = (files("briefing.web") / path[1:]).read_bytes()
            self._send(asset, f"{_ASSETS[path]}; charset=utf-8", _SHELL_POLICY)
        elif path == "/changes":
            self._changes()
        elif path == "/check":
            self._json([{"level": p.level, "place": _short(p.place), "text": p.text} for p in self._problems()])
        elif path == "/mail":
            self._mail(shown)
        elif kind == "frame" and name in (*FORMATS, "mail-text"):
            self._frame(name, shown, scheme)
        elif kind == "document" and name in _SAVED:
            self._document(_SAVED[name], shown)
        else:
            self._say(HTTPStatus.NOT_FOUND, f"there is no {path}\n")

    def _frame(self, name: str, shown: Shown, scheme: str) -> None:
        outcome = self.server.preview.outcome("eml" if name == "mail-text" else name, shown)
        if isinstance(outcome, BriefingError):
            self._error(outcome, scheme)
        elif name == "pdf":
            self._send(outcome.content, outcome.media_type, preview_pages.PDF_POLICY)
        elif name == "html":
            page = outcome.content.decode("utf-8")
            self._send(preview_pages.in_frame(page, scheme), _HTML, preview_pages.PAGE_POLICY)
        elif name == "eml":
            page = preview_pages.mail(outcome).html
            self._send(preview_pages.in_frame(page, scheme), _HTML, preview_pages.MAIL_POLICY)
        else:
            plain = preview_pages.mail(outcome).text if name == "mail-text" else outcome.content.decode("utf-8")
            text = preview_pages.text(plain, outcome.name, scheme, broken=name != "md")
            self._send(text, _HTML, preview_pages.MAIL_POLICY)

    def _error(self, error: BriefingError, scheme: str) -> None:
        problem = of_error(error, _NOWHERE)
        folders = self.server.preview.folders()
        # Only a file of the theme is opened, whatever an error says.
        file = next((found for f in folders if problem.line and (found := own_file(f, problem.file))), None)
        excerpt = preview_pages.excerpt(file, problem.line) if file else ""
        page = preview_pages.error(problem.text, _short(problem.place), excerpt, scheme)
        self._send(page, _HTML, preview_pages.MAIL_POLICY)

    def _document(self, format: str, shown: Shown) -> None:
        outcome = self.server.preview.outcome(format, shown)
        if isinstance(outcome, BriefingError):
            self._say(HTTPStatus.INTERNAL_SERVER_ERROR, f"{outcome}\n")
        else:
            name = f'attachment; filename="{outcome.name}"'
            self._send(outcome.content, outcome.media_type, preview_pages.PAGE_POLICY, name)

    def _mail(self, shown: Shown) -> None:
        outcome = self.server.preview.outcome("eml", shown)
        if isinstance(outcome, Document):
            found = preview_pages.mail(outcome)
            self._json({name: value for name, value in found._asdict().items() if name not in ("html", "text")})
        else:
            self._json({})

    def _problems(self) -> list[Problem]:
        try:
            return self.server.preview.problems()
        except BriefingError as error:
            return [of_error(error, _NOWHERE)]

    def _changes(self) -> None:
        """Tells the stamps of the formats now and whenever one has grown (Server-Sent Events, HTML 9.2)."""
        self._head(HTTPStatus.OK, "text/event-stream", _SHELL_POLICY)
        told, beat = b"", time.monotonic()
        while not self.server.closed.is_set():
            stamps = json.dumps(dict(self.server.preview.stamps())).encode()
            if stamps != told:
                told = stamps
                self.wfile.write(b"data: " + stamps + b"\n\n")
            elif time.monotonic() - beat > _BEAT_SECONDS:
                beat = time.monotonic()
                self.wfile.write(b": still here\n\n")
            self.server.closed.wait(_LOOK_SECONDS)

    def _json(self, value: object) -> None:
        self._send(json.dumps(value, ensure_ascii=False).encode(), "application/json", _SHELL_POLICY)

    def _say(self, status: HTTPStatus, text: str) -> None:
        self._send(text.encode(), _PLAIN, _SHELL_POLICY, status=status)

    def _send(
        self, content: bytes, media_type: str, policy: str, disposition: str = "", status: HTTPStatus = HTTPStatus.OK
    ) -> None:
        self._head(status, media_type, policy, {"Content-Length": str(len(content))}, disposition)
        self.wfile.write(content)

    def _head(
        self,
        status: HTTPStatus,
        media_type: str,
        policy: str,
        more: dict[str, str] | None = None,
        disposition: str = "",
    ) -> None:
        self.send_response(status)
        for name, value in {
            "Content-Type": media_type,
            "Content-Security-Policy": policy,
            "X-Content-Type-Options": "nosniff",
            "Cross-Origin-Resource-Policy": "same-origin",
            "Referrer-Policy": "no-referrer",
            "Cache-Control": "no-store",
            **({"Content-Disposition": disposition} if disposition else {}),
            **(more or {}),
        }.items():
            self.send_header(name, value)
        self.end_headers()

    def log_message(self, format: str, *arguments: Any) -> None:
        """Says nothing: the terminal is for what went wrong."""


def _short(place: str) -> str:
    """A place in a file under the working folder as it is typed there; empty where an error names none."""
    return place.removeprefix(str(Path.cwd()) + os.sep) if place != str(_NOWHERE) else ""


def listening(preview: Preview, port: int | None = None) -> PreviewServer:
    """A server at ``port``, or else at the usual one, or where that is taken at a free one. Raises ``ConfigError``."""
    if port is not None:
        return PreviewServer(preview, port)
    try:
        return PreviewServer(preview, PORT)
    except ConfigError:
        return PreviewServer(preview, 0)


def serve(preview: Preview, port: int | None, tell: Callable[[str], None]) -> None:
    """Serves until the process is told to end; ``tell`` is given the address.

    Raises ``ConfigError`` where ``port`` cannot be had, ``SystemExit`` at SIGTERM, ``KeyboardInterrupt`` at SIGINT.
    """
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    with listening(preview, port) as server:
        tell(server.address)
        server.serve_forever()
