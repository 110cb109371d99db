"""Links that take people from lists: whom they are made for, who can read them, and what they may not do."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import unquote, urlsplit
from wsgiref.util import setup_testing_defaults
from wsgiref.validate import validator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from briefing.delivery.unsubscribe import links, read, read_mail, secret_of, token_in
from briefing.delivery.web import unsubscribe_app
from briefing.delivery.web_words import WORDS
from briefing.errors import ConfigError, DeliveryError, StoreError
from briefing.render.email_headers import addresses_field, unsubscribe_addresses

SECRET = "a secret that is made for tests only".replace(" ", "-")
OTHER = "another secret, made for tests only".replace(" ", "-")
BASE, LEAVE = "https://news.example/unsubscribe", "leave@news.example"

addresses = st.from_regex(r"[a-z0-9.+_-]{1,40}@[a-z0-9.-]{1,40}", fullmatch=True)
lists = st.from_regex(r"[a-z0-9][a-z0-9_-]{0,62}", fullmatch=True)


def token(list: str = "desk", address: str = "ana@news.example", secret: str = SECRET) -> str:
    return links(BASE, "", list, address, secret)[0].rpartition("/")[2]


@given(list=lists, address=addresses)
def test_both_links_lead_back_to_whom_they_were_made_for(list: str, address: str) -> None:
    web, mail = links(BASE + "/", LEAVE, list, address, SECRET)
    assert web.startswith(BASE + "/")
    assert read(urlsplit(web).path.rpartition("/")[2], SECRET) == (list, address)
    assert mail.startswith(f"mailto:{LEAVE}?subject=")
    subject = unquote(mail.partition("?subject=")[2])
    assert read(token_in(subject), SECRET) == (list, address)


@given(list=lists, address=addresses)
def test_both_links_can_stand_in_a_header(list: str, address: str) -> None:
    ways = links(BASE, LEAVE, list, address, SECRET)
    assert addresses_field("List-Unsubscribe", unsubscribe_addresses(ways))


def test_the_same_link_each_time() -> None:
    assert links(BASE, LEAVE, "desk", "ana@news.example", SECRET) == links(
        BASE, LEAVE, "desk", "ana@news.example", SECRET
    )


def test_one_way_or_none() -> None:
    assert links("", "", "desk", "ana@news.example", SECRET) == ()
    assert [way[:7] for way in links("", LEAVE, "desk", "ana@news.example", SECRET)] == ["mailto:"]
    long = hashlib.sha512(b"a").hexdigest()[:64] + "@" + hashlib.shake_256(b"b").hexdigest(90) + ".example"
    assert [way[:6] for way in links(BASE + "/" + "x" * 300, LEAVE, "d" * 63, long, SECRET)] == ["https:"]


@pytest.mark.parametrize(
    "base", ["http://news.example", "news.example", "https://news.example/a b", "https://", "ftp://x"]
)
def test_a_base_that_no_link_can_begin_with(base: str) -> None:
    with pytest.raises(ConfigError, match="is no address such as"):
        links(base, "", "desk", "ana@news.example", SECRET)


@pytest.mark.parametrize(
    "mailto", ["leave", "leave@news.example?subject=x", "a@b.example,c@d.example", "a b@c.example"]
)
def test_an_address_that_no_mail_can_go_to(mailto: str) -> None:
    with pytest.raises(ConfigError, match="is not a mail address"):
        links("", mailto, "desk", "ana@news.example", SECRET)


@given(st.text(max_size=200))
def test_what_was_not_made_here_is_refused(text: str) -> None:
    with pytest.raises(DeliveryError, match="no link of ours"):
        read(text, SECRET)


@given(position=st.integers(0, 200), character=st.sampled_from("aB0-_."))
def test_no_character_can_be_changed(position: int, character: str) -> None:
    good = token()
    position %= len(good)
    forged = good[:position] + character + good[position + 1 :]
    # The last character of base64 has bits that mean nothing.
    if forged[:-1] != good[:-1]:
        with pytest.raises(DeliveryError):
            read(forged, SECRET)


def test_a_link_of_another_secret_or_purpose_is_refused() -> None:
    from itsdangerous import URLSafeSerializer

    with pytest.raises(DeliveryError):
        read(token(secret=OTHER), SECRET)
    with pytest.raises(DeliveryError):
        read(str(URLSafeSerializer(SECRET, salt="approve").dumps(["desk", "ana@news.example"])), SECRET)
    with pytest.raises(DeliveryError):
        read(token()[:-1], SECRET)


def test_links_of_an_old_secret_still_count() -> None:
    old = token()
    assert read(old, f"{OTHER} {SECRET}") == ("desk", "ana@news.example")
    assert token(secret=f"{OTHER} {SECRET}") == token(secret=OTHER)


@pytest.mark.parametrize(
    "subject",
    [
        "unsubscribe {t}",
        "Unsubscribe {t}",
        "Re: unsubscribe {t}",
        "UNSUBSCRIBE  {t} ",
        "AW: [Desk] unsubscribe\r\n {t}",
    ],
)
def test_the_subject_of_a_mail(subject: str) -> None:
    assert token_in(subject.format(t=token())) == token()


@pytest.mark.parametrize("subject", ["", "unsubscribe", "unsubscribe me", "unsubscribe desk.ana", "Your brief"])
def test_a_subject_that_says_less(subject: str) -> None:
    with pytest.raises(DeliveryError, match="does not say"):
        token_in(subject)


@pytest.mark.parametrize(
    "head",
    [
        "Subject: unsubscribe {t}",
        "Subject:\r\n unsubscribe\r\n {t}",
        "Subject: =?utf-8?Q?unsubscribe_{t}?=",
        "From: eve@news.example\r\nsubject: unsubscribe {t}",
    ],
)
def test_a_mail_that_unsubscribes(head: str) -> None:
    raw = f"{head.format(t=token())}\r\nTo: {LEAVE}\r\n\r\nHello.\r\n".encode()
    assert read_mail(raw, SECRET) == ("desk", "ana@news.example")


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\x00\xff\xfe",
        b"Subject: =?nonsense?Q?unsubscribe?=\r\n\r\n",
        b"Subject: =?utf-8?B?!!!!?=\r\n\r\n",
        b"To: " + b"(" * 2000 + b"\r\n\r\n",
        b"Subject: " + b"unsubscribe " * 100_000,
        b"From: ana@news.example\r\n\r\nunsubscribe",
    ],
)
def test_a_mail_that_does_not(raw: bytes) -> None:
    with pytest.raises(DeliveryError):
        read_mail(raw, SECRET)


def test_the_secret_of_the_environment_comes_first(tmp_path: Path) -> None:
    assert secret_of(tmp_path, {"BRIEFING_SECRET": SECRET}) == SECRET
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(ConfigError, match="BRIEFING_SECRET is shorter than 32"):
        secret_of(tmp_path, {"BRIEFING_SECRET": "hunter2"})


def test_the_secret_of_a_file_is_made_once(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    secret = secret_of(folder, {})
    assert secret_of(folder, {}) == secret
    assert len(secret) >= 40
    assert [path.name for path in folder.iterdir()] == ["secret"]
    if os.name == "posix":
        assert stat.S_IMODE((folder / "secret").stat().st_mode) == 0o600


def test_processes_that_make_it_at_once_agree(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(lambda _: secret_of(tmp_path, {}), range(8)))) == 1


def test_a_file_that_holds_no_secret(tmp_path: Path) -> None:
    path = tmp_path / "secret"
    path.touch(mode=0o600)
    with pytest.raises(ConfigError, match="shorter than 32"):
        secret_of(tmp_path, {})
    path.unlink()
    path.mkdir(mode=0o700)
    with pytest.raises(ConfigError, match="cannot be read or made"):
        secret_of(tmp_path, {})


def test_a_file_that_others_can_read(tmp_path: Path) -> None:
    secret_of(tmp_path, {})
    (tmp_path / "secret").chmod(0o644)
    with pytest.raises(ConfigError, match="chmod 600"):
        secret_of(tmp_path, {})


class Page(NamedTuple):
    status: int
    headers: dict[str, str]
    body: str


class Site:
    """The application under wsgiref's validator, and whom it removed."""

    def __init__(self, error: Exception | None = None) -> None:
        self.removed: list[tuple[str, str]] = []
        self.error = error
        self.application = validator(unsubscribe_app(SECRET, self.remove))

    def remove(self, list: str, address: str) -> None:
        if self.error:
            raise self.error
        self.removed.append((list, address))

    def ask(self, method: str, path: str, body: bytes = b"", **environ: str) -> Page:
        told: list[Any] = []

        def start(status: str, headers: list[tuple[str, str]], exc_info: Any = None, /) -> Callable[[bytes], object]:
            told.extend((status, headers))
            return lambda written: None

        request: dict[str, Any] = {"REQUEST_METHOD": method, "PATH_INFO": path, "wsgi.input": BytesIO(body)}
        setup_testing_defaults(request)
        request |= {"SCRIPT_NAME": "", "QUERY_STRING": "", "CONTENT_LENGTH": str(len(body)), **environ}
        result = self.application(request, start)
        page = b"".join(result)
        getattr(result, "close", lambda: None)()
        return Page(int(told[0][:3]), dict(told[1]), page.decode())


FORM = b"List-Unsubscribe=One-Click"
PARTS = b'--x\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--x--\r\n'


@pytest.mark.parametrize("body", [FORM, PARTS], ids=["urlencoded", "multipart"])
def test_one_click_unsubscribes_without_a_question(body: bytes) -> None:
    site = Site()
    page = site.ask("POST", f"/unsubscribe/{token()}", body)
    assert (page.status, site.removed) == (200, [("desk", "ana@news.example")])
    assert "no longer gets" in page.body
    assert "<form" not in page.body
    assert site.ask("POST", f"/unsubscribe/{token()}", body).status == 200


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_looking_at_a_link_unsubscribes_nobody(method: str) -> None:
    site = Site()
    page = site.ask(method, f"/{token()}")
    assert (page.status, site.removed) == (200, [])
    assert int(page.headers["Content-Length"]) > 500
    assert bool(page.body) == (method == "GET")


def test_the_button_sends_what_mail_programs_send() -> None:
    site = Site()
    form = html.document_fromstring(site.ask("GET", f"/{token()}").body).forms[0]
    assert (form.method, form.action) == ("POST", None)
    button = form.find(".//button")
    assert button is not None
    assert button.text == "Unsubscribe"
    sent = f"{button.get('name')}={button.get('value')}".encode()
    assert sent == FORM
    site.ask("POST", f"/{token()}", sent)
    assert site.removed == [("desk", "ana@news.example")]


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST"])
@pytest.mark.parametrize(
    "path",
    [
        "/",
        "",
        f"/{token(secret=OTHER)}",
        f"/{token()[:-1]}",
        f"/{token()}/",
        "/../../etc/passwd",
        "/\xff\xfe",
        "/" + "a" * 100_000,
    ],
)
def test_a_wrong_link_is_told_nothing(method: str, path: str) -> None:
    site = Site()
    page = site.ask(method, path, FORM if method == "POST" else b"")
    assert (page.status, site.removed) == (404, [])
    assert "ana@" not in page.body
    assert "desk" not in page.body


@pytest.mark.parametrize(
    ("body", "length", "status"),
    [
        (b"", "0", 400),
        (b"", "", 400),
        (b"List-Unsubscribe=Maybe", "22", 400),
        (FORM, "-1", 400),
        (FORM, "many", 400),
        (FORM, str(10**14), 413),
        (FORM + b"&x=" + b"x" * 5000, "5029", 413),
        (FORM[:10], "26", 400),
    ],
)
def test_a_request_that_is_none(body: bytes, length: str, status: int) -> None:
    site = Site()
    request = f"/{token()}"
    if length in ("-1", "many"):
        # The validator refuses these before the application sees them.
        site.application = unsubscribe_app(SECRET, site.remove)
    assert (site.ask("POST", request, body, CONTENT_LENGTH=length).status, site.removed) == (status, [])


@pytest.mark.parametrize("method", ["PUT", "DELETE", "OPTIONS"])
def test_other_methods(method: str) -> None:
    page = Site().ask(method, f"/{token()}")
    assert (page.status, page.headers["Allow"]) == (405, "GET, HEAD, POST")


def test_what_cannot_be_done_now_is_said_and_no_more(caplog: pytest.LogCaptureFixture) -> None:
    page = Site(StoreError("the database of ana@news.example is locked")).ask("POST", f"/{token()}", FORM)
    assert (page.status, page.headers["Retry-After"]) == (503, "60")
    assert "locked" not in page.body
    assert "StoreError" in caplog.text
    assert "ana@news.example" not in caplog.text


def test_headers_keep_the_link_to_themselves() -> None:
    for page in (Site().ask("GET", f"/{token()}"), Site().ask("GET", "/wrong")):
        assert page.headers["Referrer-Policy"] == "no-referrer"
        assert page.headers["Cache-Control"] == "no-store"
        assert page.headers["X-Content-Type-Options"] == "nosniff"
        assert "default-src 'none'" in page.headers["Content-Security-Policy"]
        assert "frame-ancestors 'none'" in page.headers["Content-Security-Policy"]
        assert "Set-Cookie" not in page.headers
        assert "Location" not in page.headers


def test_names_cannot_become_markup() -> None:
    forged = token("desk", '"><script>alert(1)</script>@news.example')
    body = Site().ask("GET", f"/{forged}").body
    assert "<script" not in body
    assert "&lt;script&gt;" in body
    assert "{list}" in Site().ask("GET", f"/{token('{list}')}").body


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("", "en"),
        ("de-AT,de;q=0.9,en;q=0.8", "de"),
        ("nl, fr;q=0.7, es;q=0.8", "es"),
        ("ja", "ja"),
        ("AR-eg;q=1.0", "ar"),
        ("*, xx;q=", "en"),
        ("en;q=0.1, de;q=0.1", "en"),
        (",;=" * 5000, "en"),
    ],
)
def test_the_page_is_in_a_language_of_the_reader(accepted: str, language: str) -> None:
    page = Site().ask("GET", f"/{token()}", HTTP_ACCEPT_LANGUAGE=accepted)
    root = html.document_fromstring(page.body)
    assert (root.get("lang"), page.headers["Content-Language"]) == (language, language)
    assert root.get("dir") == ("rtl" if language == "ar" else "ltr")
    assert root.findtext(".//h1") == WORDS[language].title
