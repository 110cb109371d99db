"""What stands in the preview's frames: a theme's own pages, and ours where there is text or an error to show."""

from __future__ import annotations

import base64
import email
import email.policy
import hashlib
import re
from email.message import EmailMessage
from html import escape
from pathlib import Path
from typing import NamedTuple

from briefing.model import Document
from briefing.render.wrap import COLUMNS

# A frame that is loaded anew stays where it was. What a window is called is all that a page without an origin can
# leave to the one after it.
_STAY = "scrollTo(0,parseInt(name)||0);addEventListener('scroll',()=>{name=scrollY})"
_HASH = base64.b64encode(hashlib.sha256(_STAY.encode()).digest()).decode()

_NOTHING = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
# A theme's page is a stranger's: in a box of its own it reaches neither this server nor any other.
PAGE_POLICY = (
    f"{_NOTHING}; sandbox allow-scripts; script-src 'unsafe-inline'; style-src 'unsafe-inline'; "
    "img-src data:; font-src data:; media-src data:"
)
# No mail program runs a script, so none runs here but ours.
MAIL_POLICY = PAGE_POLICY.replace("script-src 'unsafe-inline'", f"script-src 'sha256-{_HASH}'")
PDF_POLICY = "frame-ancestors 'self'"

SCHEMES = ("light", "dark")
_STYLE = re.compile(r"(<style\b[^>]*>)(.*?)(</style)", re.IGNORECASE | re.DOTALL)
_MEDIA = re.compile(r"""(\bmedia\s*=\s*)("[^"]*"|'[^']*')""", re.IGNORECASE)
_PREFERS = re.compile(r"\(\s*prefers-color-scheme\s*:\s*(light|dark)\s*\)", re.IGNORECASE)
_BOTH = re.compile(r"(\bcolor-scheme\s*:\s*)(?:light\s+dark|dark\s+light)\b", re.IGNORECASE)
_META = re.compile(r"<meta\b[^>]*\bcolor-schemes?\b[^>]*>", re.IGNORECASE)
_AROUND = 3

_OURS = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{title}</title>
<style>
:root {{ color-scheme: {scheme}; }}
body {{ font: 14px/1.5 system-ui, sans-serif; margin: 1.25rem; }}
pre {{ font: 13px/1.45 ui-monospace, "DejaVu Sans Mono", monospace; white-space: pre-wrap; unicode-bidi: plaintext; }}
.columns {{ font-size: clamp(10px, calc((100vw - 2.5rem) / {columns} / .603), 13px); white-space: pre; }}
/* Legible in a frame that is made smaller, too. */
.error {{ font-size: clamp(14px, 2.3vw, 26px); }}
.error {{ border-inline-start: 4px solid #c22f2f; padding-inline-start: 1rem; overflow-wrap: anywhere; }}
.error h1 {{ font-size: 1.2em; margin: 0; }}
.error pre {{ background: light-dark(#f3f1ee, #2a2a2c); font-size: .93em; padding: .6em .8em; }}
.error pre b {{ background: light-dark(#ffd9d5, #6d2723); display: block; font-weight: inherit; }}
</style></head><body>
{body}
</body></html>"""


class Mail(NamedTuple):
    """A mail as its reader meets it. ``bytes`` is the size of the HTML part, which must not be long."""

    subject: str
    sender: str
    html: str
    text: str
    bytes: int
    attachments: tuple[str, ...]


def mail(document: Document) -> Mail:
    """What a message says, with its pictures put into the page."""
    message = email.message_from_bytes(document.content, policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    html, text = (_part(message, kind) for kind in ("html", "plain"))
    page = html
    for part in message.walk():
        if part["Content-ID"] and part.get_content_maintype() == "image":
            picture = base64.b64encode(part.get_payload(decode=True) or b"").decode()  # type: ignore[arg-type]
            address = f"data:{part.get_content_type()};base64,{picture}"
            page = page.replace("cid:" + part["Content-ID"].strip("<>"), address)
    attachments = tuple(part.get_filename() or "attachment" for part in message.iter_attachments())
    return Mail(message["Subject"] or "", message["From"] or "", page, text, len(html.encode()), attachments)


def _part(message: EmailMessage, kind: str) -> str:
    part = message.get_body((kind,))
    return str(part.get_content()) if part else ""


def in_frame(page: str, scheme: str = "") -> bytes:
    """A theme's page for a frame that is loaded anew, as a reader of that colour scheme sees it."""
    return f"{in_scheme(page, scheme) if scheme else page}<script>{_STAY}</script>".encode()


def in_scheme(page: str, scheme: str) -> str:
    """``page`` with what it asks of its reader's preference answered: a frame cannot be told to prefer anything."""

    def answered(css: str) -> str:
        css = _PREFERS.sub(lambda m: "(min-width: 0)" if m[1].lower() == scheme else "(max-width: 0)", css)
        return _BOTH.sub(rf"\g<1>{scheme}", css)

    page = _STYLE.sub(lambda m: m[1] + answered(m[2]) + m[3], page)
    page = _MEDIA.sub(lambda m: m[1] + answered(m[2]), page)
    return _META.sub(lambda m: re.sub(r"light\s+dark|dark\s+light", scheme, m[0], flags=re.IGNORECASE), page)


def text(content: str, title: str, scheme: str = "", *, broken: bool = True) -> bytes:
    """Plain text as a page. ``broken`` says that it has been broken into lines."""
    columns = ' class="columns"' if broken else ""
    body = f'<pre dir="auto"{columns}>{escape(content)}</pre>'
    return in_frame(_OURS.format(columns=COLUMNS, title=escape(title), scheme=scheme or "light dark", body=body))


def error(what: str, place: str, excerpt: str, scheme: str = "") -> bytes:
    """An error in place of a page; ``excerpt``, of HTML, are the lines around it."""
    where = f"<p><code>{escape(place)}</code></p>" if place else ""
    body = f'<main class="error"><h1>{escape(what)}</h1>{where}{excerpt}</main>'
    return in_frame(_OURS.format(columns=COLUMNS, title="Error", scheme=scheme or "light dark", body=body))


def excerpt(file: Path, line: int) -> str:
    """The lines of ``file`` around one of them, as HTML; nothing where it cannot be read."""
    try:
        lines = file.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return ""
    start = max(0, line - 1 - _AROUND)
    shown = (
        (number, f"{number:4}  {escape(words[:200])}")
        for number, words in enumerate(lines[start : line + _AROUND], start + 1)
    )
    return f"<pre>{''.join(f'<b>{row}</b>' if number == line else row + chr(10) for number, row in shown)}</pre>"
