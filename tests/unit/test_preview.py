"""The preview of a theme over HTTP: what it shows, what it notices, and what it refuses."""

from __future__ import annotations

import http.client
import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.errors import BriefFormatError, ConfigError, MissingLibrary
from briefing.model import Brief, Document
from briefing.render.environment import Look
from briefing.render.formats import render
from briefing.render.json import dumps
from briefing.web import preview_pages, preview_watch
from briefing.web.preview import FORMATS, Chosen, Preview, Shown
from briefing.web.preview_server import HOST, PreviewServer, listening
from tests.briefs import rich_brief

BROKEN = '{% extends "!default/brief.html" %}\n{% block masthead %}\n{{ masthead.titel }}\n{% endblock %}\n'
RICH = Shown("rich")


@pytest.fixture
def house(tmp_path: Path) -> Path:
    folder = tmp_path / "house"
    folder.mkdir()
    (folder / "theme.toml").write_text('[options]\naccent = "#005a9c"\n')
    return folder


def write(path: Path, text: str) -> None:
    """Writes a file so that its time differs, however fast the test runs."""
    path.parent.mkdir(exist_ok=True)
    before = path.stat().st_mtime_ns if path.exists() else 0
    path.write_text(text, "utf-8")
    if before:
        os.utime(path, ns=(before + 10_000_000, before + 10_000_000))


def preview(folder: Path, **more: Any) -> Preview:
    return Preview(lambda: Chosen(str(folder), Look()), **more)


class Counting:
    """A renderer that counts, and that has no PDF."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def __call__(self, brief: Brief, format: str, *, theme: str, look: Look) -> Document:
        self.asked.append(format)
        if format == "pdf":
            raise MissingLibrary("a PDF needs Pango, which is not installed: apt-get install libpango-1.0-0")
        return Document(f"{format} of {brief.title}".encode(), "text/plain", f"brief.{format}")


@contextmanager
def served(shown: Preview) -> Iterator[PreviewServer]:
    with PreviewServer(shown) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()


class Answer:
    def __init__(self, server: PreviewServer, path: str, host: str = "", method: str = "GET") -> None:
        connection = http.client.HTTPConnection(HOST, server.server_port, timeout=60)
        connection.putrequest(method, path, skip_host=True)
        if host != "none":
            connection.putheader("Host", host or f"{HOST}:{server.server_port}")
        connection.endheaders()
        response = connection.getresponse()
        self.status, self.headers, self.content = response.status, response.headers, response.read()
        connection.close()

    @property
    def text(self) -> str:
        return self.content.decode()


# Only this machine, only its own pages


@pytest.mark.parametrize(
    "host", ["news.example", "news.example:{port}", "127.0.0.1", "localhost.example:{port}", "none"]
)
def test_a_name_that_leads_here_is_not_enough(house: Path, host: str) -> None:
    with served(preview(house)) as server:
        answer = Answer(server, "/", host.format(port=server.server_port))
        assert answer.status == 421
        assert "house" not in answer.text


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]"])
def test_it_answers_to_the_names_of_this_machine(house: Path, host: str) -> None:
    with served(preview(house)) as server:
        assert server.server_address[0] == "127.0.0.1"
        assert server.address == f"http://127.0.0.1:{server.server_port}/"
        assert Answer(server, "/", f"{host}:{server.server_port}").status == 200


@pytest.mark.parametrize(
    "path",
    [
        "/preview.py", "/preview.html", "/../preview.py", "/frame/../../../etc/passwd", "/frame/%2e%2e%2ftheme.toml",
        "/document/theme.toml", "/document/html", "/frame/brief.html", "/frame/json", "/frame/", "//etc/passwd", "http://[/",
        "/frame/html?sample=../house", "/frame/html?language=xx",
    ],
)  # fmt: skip
def test_no_other_address_is_served(house: Path, path: str) -> None:
    with served(preview(house, render=Counting())) as server:
        answer = Answer(server, path)
        assert answer.status == 404
        assert answer.headers["Content-Type"].startswith("text/plain")


def test_a_misspelt_sample_says_what_was_meant(house: Path) -> None:
    with served(preview(house)) as server:
        assert "did you mean 'right-to-left'?" in Answer(server, "/frame/html?sample=right-to-lef").text


def test_nothing_can_be_sent(house: Path) -> None:
    with served(preview(house)) as server:
        assert Answer(server, "/", method="POST").status == 501


def test_pages_of_a_theme_have_no_origin_and_no_network(house: Path) -> None:
    with served(preview(house)) as server:
        for path in ("/frame/html", "/frame/eml", "/frame/txt", "/document/brief.html"):
            policy = Answer(server, path).headers["Content-Security-Policy"]
            assert "default-src 'none'" in policy
            assert "sandbox allow-scripts;" in policy
            assert "frame-ancestors 'self'" in policy
        assert (
            "'unsafe-inline'"
            not in re.findall(r"script-src[^;]*", Answer(server, "/frame/eml").headers["Content-Security-Policy"])[0]
        )
        shell = Answer(server, "/")
        assert "default-src 'none'; script-src 'self'; style-src 'self';" in shell.headers["Content-Security-Policy"]
        assert shell.headers["X-Content-Type-Options"] == "nosniff"
        assert "allow-same-origin" not in shell.text
        assert not re.search(r"(?:src|href)=\"(?!/|data:,)", shell.text)


def test_the_name_of_a_theme_is_not_markup(tmp_path: Path) -> None:
    folder = tmp_path / "<b>$theme & co"
    folder.mkdir()
    (folder / "theme.toml").write_text("")
    with served(preview(folder)) as server:
        assert "&lt;b&gt;$theme &amp; co" in Answer(server, "/").text


# What is shown


def test_every_format_can_be_looked_at_and_saved(house: Path) -> None:
    with served(preview(house)) as server:
        for format in FORMATS:
            saved = Answer(server, f"/document/brief.{format}?sample=rich")
            assert saved.headers["Content-Disposition"] == f'attachment; filename="brief.{format}"'
            assert Answer(server, f"/frame/{format}?sample=rich").status == 200
        page = render(preview(house).brief(RICH), "html", theme=str(house))
        assert Answer(server, "/document/brief.html?sample=rich").content == page.content
        assert Answer(server, "/frame/pdf").content.startswith(b"%PDF")
        mail = json.loads(Answer(server, "/mail").content)
        assert mail["subject"] == "The morning brief: Lindow closes its oldest bridge after cracks are found"
        assert 10_000 < mail["bytes"] < 95_000
        assert "Lindow closes its oldest bridge" in Answer(server, "/frame/mail-text").text


def test_samples_and_languages_can_be_chosen(house: Path) -> None:
    with served(preview(house)) as server:
        assert 'lang="ar" dir="rtl"' in Answer(server, "/frame/html?sample=right-to-left").text
        german = Answer(server, "/frame/html?sample=rich&language=de").text
        assert '<html lang="de"' in german
        assert "Das Wichtigste" in german
        assert '<option value="de">Deutsch</option>' in Answer(server, "/").text


def test_a_brief_of_ones_own_stands_first_and_is_read_again(house: Path, tmp_path: Path) -> None:
    file = tmp_path / "brief.json"
    file.write_text(dumps(rich_brief()))
    shown = preview(house, brief=file)
    assert shown.samples[:2] == ("brief.json", "rich")
    with served(shown) as server:
        assert rich_brief().title in Answer(server, "/frame/txt").text
        write(file, dumps(rich_brief()).replace(rich_brief().title, "Another title"))
        assert "Another title" in Answer(server, "/frame/txt").text
        write(file, "{}")
        assert "brief.json: not a brief.json: $ has no &#x27;version&#x27;" in Answer(server, "/frame/txt").text
        assert Answer(server, "/document/brief.txt").status == 500
        assert "The morning brief" in Answer(server, "/frame/txt?sample=rich").text
        write(file, dumps(rich_brief()))
        assert rich_brief().title in Answer(server, "/frame/txt").text


def test_a_theme_or_brief_that_is_not_there_to_begin_with_is_an_error(house: Path, tmp_path: Path) -> None:
    with pytest.raises(BriefFormatError, match=r"none\.json: there is no such file; make a brief first"):
        preview(house, brief=tmp_path / "none.json")
    with pytest.raises(ConfigError, match="unknown theme"):
        preview(tmp_path / "hous")


# Errors stand in the frame


def test_a_broken_template_shows_its_place_and_recovers(house: Path) -> None:
    with served(preview(house)) as server:
        write(house / "brief.html", BROKEN)
        page = Answer(server, "/frame/html").text
        assert "did you mean &#x27;title&#x27;?" in page
        assert f"{house}/brief.html:3" in page
        assert "<b>   3  {{ masthead.titel }}</b>" in page
        assert "The morning brief" in Answer(server, "/frame/txt").text
        write(house / "brief.html", BROKEN.replace("titel", "title"))
        assert "did you mean" not in Answer(server, "/frame/html").text


def test_a_broken_theme_file_shows_in_every_frame_and_recovers(house: Path) -> None:
    text = (house / "theme.toml").read_text()
    (house / "theme.toml").write_text(text.replace("accent", "acent"))
    with served(preview(house)) as server:
        for format in FORMATS:
            assert "did you mean &#x27;accent&#x27;?" in Answer(server, f"/frame/{format}").text
        assert json.loads(Answer(server, "/mail").content) == {}
        write(house / "theme.toml", text)
        assert "The morning brief" in Answer(server, "/frame/txt").text


def test_a_theme_that_extends_one_to_come(house: Path) -> None:
    write(house / "theme.toml", 'extends = "base"')
    shown = preview(house)
    with served(shown) as server:
        assert "unknown theme &#x27;base&#x27;" in Answer(server, "/frame/txt").text
        write(house.parent / "base/brief.txt", "from the base")
        assert "from the base" in Answer(server, "/frame/txt").text
        write(house.parent / "base/brief.txt", "from the base, changed")
        assert "from the base, changed" in Answer(server, "/frame/txt").text


def test_only_a_file_of_the_theme_is_quoted(house: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("the key\n" * 5)

    def lying(brief: Brief, format: str, *, theme: str, look: Look) -> Document:
        raise ConfigError(f"{tmp_path / 'secret.txt'}:2: look at this")

    with served(preview(house, render=lying)) as server:
        page = Answer(server, "/frame/html").text
        assert "secret.txt:2" in page
        assert "the key" not in page


def test_what_the_system_lacks_concerns_the_pdf_only(house: Path) -> None:
    with served(preview(house, render=Counting())) as server:
        page = Answer(server, "/frame/pdf").text
        assert "apt-get install libpango" in page
        assert "<code>" not in page
        assert Answer(server, "/frame/txt").text.count("txt of The morning brief") == 1


def test_findings_of_check_are_told(house: Path) -> None:
    (house / "brief.html").write_text(BROKEN)
    with served(preview(house)) as server:
        found = json.loads(Answer(server, "/check").content)
        assert found[0]["level"] == "error"
        assert found[0]["place"] == f"{house}/brief.html:3:13"


# What is noticed


@pytest.mark.parametrize(
    ("file", "text", "formats"),
    [
        ("print.css", "", {"pdf"}),
        ("style.css", "", {"html", "eml"}),
        ("email.css", "", {"eml"}),
        ("brief.md", "x", {"md"}),
        ("brief.html", "x", {"html", "pdf", "eml"}),
        # The mail's text part is made of it.
        ("brief.txt", "x", {"txt", "eml"}),
        ("theme.toml", "", set(FORMATS)),
        # Nothing names them: it may be that a template does so in a way that is not seen.
        ("parts/unknown.html", "", set(FORMATS)),
        ("parts/row.html", "", {"md"}),
        ("seal.svg", "", {"pdf"}),
        (".hidden", "", set()),
        ("style.css~", "", set()),
    ],
)
def test_a_change_concerns_what_is_made_of_the_file(house: Path, file: str, text: str, formats: set[str]) -> None:
    (house / "print.css").write_text("h1 { background: url(seal.svg) }")
    (house / "brief.md").write_text('{% include "parts/row.html" %}')
    shown = preview(house)
    before = dict(shown.stamps())
    write(house / file, text)
    after = shown.stamps()
    assert {format for format in FORMATS if after[format] > before[format]} == formats
    assert shown.stamps() == after


def test_only_what_changed_is_rendered_again(house: Path) -> None:
    counting = Counting()
    shown = preview(house, render=counting)
    for _ in range(3):
        for format in FORMATS:
            shown.outcome(format, RICH)
    assert sorted(counting.asked) == sorted(FORMATS)
    write(house / "print.css", "")
    for format in FORMATS:
        shown.outcome(format, RICH)
    assert counting.asked[len(FORMATS) :] == ["pdf"]


def test_many_who_ask_at_once_have_it_rendered_once(house: Path) -> None:
    counting = Counting()
    shown = preview(house, render=counting)
    threads = [threading.Thread(target=shown.outcome, args=("html", RICH)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert counting.asked == ["html"]


def test_options_of_the_users_settings_are_read_again(house: Path, tmp_path: Path) -> None:
    settings = tmp_path / "briefing.toml"
    settings.write_text("#111111")
    shown = Preview(lambda: Chosen(str(house), Look({"accent": settings.read_text()})), config=settings)
    with served(shown) as server:
        assert "--accent: #111111" in Answer(server, "/frame/html").text
        write(settings, "#222222")
        assert "--accent: #222222" in Answer(server, "/frame/html").text
        write(settings, "red")
        assert "is a colour such as" in Answer(server, "/frame/html").text


def test_changes_are_pushed(house: Path) -> None:
    with (
        served(preview(house)) as server,
        socket.create_connection((HOST, server.server_port), timeout=30) as client,
        client.makefile() as lines,
    ):
        client.sendall(f"GET /changes HTTP/1.1\r\nHost: {HOST}:{server.server_port}\r\n\r\n".encode())
        first = next(json.loads(line[5:]) for line in lines if line.startswith("data:"))
        write(house / "print.css", "h1 {}")
        second = next(json.loads(line[5:]) for line in lines if line.startswith("data:"))
        assert {format for format in FORMATS if second[format] > first[format]} == {"pdf"}


@given(st.lists(st.sampled_from(["a.css", "b.css", "brief.html", "c/d.html"]), unique=True), st.randoms())
def test_a_file_that_names_another_is_concerned_by_it(names: list[str], random: Any) -> None:
    texts = {name: " ".join(random.sample(names, random.randint(0, len(names)))) for name in names}
    reached = preview_watch._reached(("brief.html",), texts)
    assert "brief.html" in reached
    assert all(other in reached for name in reached for other in texts.get(name, "").split())


# Pages as a reader sees them


def test_a_colour_scheme_is_answered_for_the_reader() -> None:
    page = (
        '<meta name="color-scheme" content="light dark"><style>:root { color-scheme: light dark; }'
        "@media screen and (prefers-color-scheme: dark) { a {} } @media ( PREFERS-COLOR-SCHEME:light ) { b {} }</style>"
        '<source media="(prefers-color-scheme: dark)"><p>(prefers-color-scheme: dark), color-scheme: light dark</p>'
    )
    assert preview_pages.in_scheme(page, "dark") == (
        '<meta name="color-scheme" content="dark"><style>:root { color-scheme: dark; }'
        "@media screen and (min-width: 0) { a {} } @media (max-width: 0) { b {} }</style>"
        '<source media="(min-width: 0)"><p>(prefers-color-scheme: dark), color-scheme: light dark</p>'
    )


def test_pictures_of_a_mail_stand_in_its_page(house: Path) -> None:
    (house / "logo.png").write_bytes(
        bytes.fromhex(
            "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
            + "1f15c4890000000a49444154789c6300010000050001"
        )
        + bytes.fromhex("0d0a2db40000000049454e44ae426082")
    )
    write(house / "theme.toml", '[options]\nlogo = "logo.png"\n')
    with served(preview(house)) as server:
        page = Answer(server, "/frame/eml").text
        assert 'src="data:image/png;base64,' in page
        assert "cid:" not in page


def test_text_is_not_markup() -> None:
    assert b"&lt;script&gt;" in preview_pages.text("<script>", "brief.txt")


# The command


def command(*arguments: str, folder: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "briefing", "templates", "preview", *arguments],
        cwd=folder,
        env=os.environ | {"PATH": f"{folder}{os.pathsep}{os.environ['PATH']}"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        # A shell that runs its jobs in the background has them ignore the key.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 0), (signal.SIGINT, 130)])
def test_it_serves_until_it_is_told_to_end(house: Path, number: int, code: int) -> None:
    opener = house.parent / "xdg-open"
    opener.write_text('#!/bin/sh\necho "$1" > opened.tmp && mv opened.tmp opened\n')
    opener.chmod(0o755)
    with command("house", "--port", "0", "--open", folder=house.parent) as process:
        assert process.stdout is not None
        address = process.stdout.readline().strip()
        assert re.fullmatch(r"http://127\.0\.0\.1:\d+/", address)
        client = http.client.HTTPConnection(HOST, int(address.rpartition(":")[2][:-1]))
        client.request("GET", "/frame/txt")
        assert "The morning brief" in client.getresponse().read().decode()
        client.close()
        opened = house.parent / "opened"
        while not opened.exists():
            time.sleep(0.02)
        assert opened.read_text().strip() == address
        process.send_signal(number)
        rest, said = process.communicate(timeout=20)
        assert (process.returncode, rest, said) == (code, "", "")


def test_a_port_that_is_taken_is_named(house: Path) -> None:
    with (
        served(preview(house)) as server,
        command("house", "--port", str(server.server_port), folder=house.parent) as p,
    ):
        out, said = p.communicate(timeout=20)
        assert (p.returncode, out) == (2, "")
        assert said == (
            f"briefing: error: port {server.server_port} cannot be had: Address already in use; "
            "name another with --port\n"
        )


def test_without_a_port_a_free_one_is_taken(house: Path) -> None:
    with listening(preview(house)) as one, listening(preview(house)) as other:
        assert one.server_port != other.server_port
