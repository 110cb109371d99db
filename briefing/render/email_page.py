"""What a mail says: subject, preheader, text and HTML, from the files of a theme."""

from __future__ import annotations

import hashlib
import json
import re
from datetime import tzinfo
from typing import NamedTuple

from briefing.errors import RenderError
from briefing.model import Brief, digest
from briefing.render import worker
from briefing.render.charts_draw import png
from briefing.render.context import Context, context
from briefing.render.contrast import seen_on_both
from briefing.render.email_cut import LARGEST, fitting
from briefing.render.email_headers import harmless, one_line
from briefing.render.email_inline import inlined, refused
from briefing.render.email_mime import Image, slot_mark
from briefing.render.environment import Theme
from briefing.render.excerpts import shorten
from briefing.render.fragments import text_fragment
from briefing.render.strings import one_blank_line
from briefing.render.theme_file import read_bytes
from briefing.text.suggest import did_you_mean

# Phones show about 40 characters of a subject, desks 70; more than this is an accident.
LONGEST_SUBJECT = 150
LONGEST_PREHEADER = 200
# The longest of ours takes 0.02 s.
INLINE_SECONDS = 3.0
# For what is put in last: the address of a person, and where they unsubscribe.
ROOM = 1_500
# A page that no shortening of styles brings under the limit of a mail is not worth inlining, which takes long.
LARGEST_SOURCE = 500_000
# A link is told by both ends of its passage where it is longer than so many characters: a mail has little room.
SHORT = 60
# What a person's mail may hold of their own: their address, their name, where they unsubscribe.
SLOTS = ("address", "name", "unsubscribe")

_INDENT = re.compile(r"\n\s+")
_CLOSES = re.compile(r"</(?=style)", re.IGNORECASE)
_ISOLATES = re.compile("[\u2066-\u2069]")
_VARIABLE = re.compile(r"var\(\s*--([a-z0-9-]+)\s*(?:,([^()]*))?\)")
# A picture is named by an option that holds one, or by its file in the theme's folder.
_CID = re.compile(r"""(?<=["'])cid:([A-Za-z0-9_][A-Za-z0-9._-]*)(?=["'])""")
# What a bar's colour is made of: those of light and dark mails, and what is behind each.
_BARS = ("accent", "accent_dark", "paper", "paper_dark")
# What every client shows; Outlook for Windows knows no WebP, and few know SVG.
_SHOWN = {".png": "png", ".jpg": "jpeg", ".jpeg": "jpeg", ".gif": "gif"}


class Page(NamedTuple):
    """A mail's words for everybody. ``secret`` makes the marks of its slots."""

    subject: str
    text: str
    html: str
    images: tuple[Image, ...]
    language: str
    secret: str
    shortened: bool


def page(brief: Brief, theme: Theme, zone: tzinfo | None, *, slots: tuple[str, ...], whole: str, web: str = "") -> Page:
    """The mail of ``brief``. Its ``slots`` are marked; the other things of a person's are empty to the theme.

    ``whole`` is the file name of the whole brief, attached, ``web`` its address; a mail that is shortened names them.
    Raises ``RenderError`` for a theme that fails, that loads something from elsewhere, or whose mail is too long.
    """
    base, secret, bars = seen(brief, theme, zone, slots=slots, whole=whole, web=web)
    subject = _line(theme, "subject.txt", base, LONGEST_SUBJECT)
    preheader = _line(theme, "preheader.txt", base, LONGEST_PREHEADER)
    css = _CLOSES.sub(r"<\\/", _settled(theme.text("email.css"), theme))
    base |= {"subject": subject, "preheader": preheader, "css": css}
    cut = fitting(base, lambda c: _size(_html(theme, c)), LARGEST - ROOM)
    html, images = _images(_html(theme, cut), theme, bars)
    if _size(html) > LARGEST - ROOM:
        raise RenderError(
            f"theme {theme.folder.name!r}: the mail is {_size(html):,} bytes long, of at most {LARGEST - ROOM:,}, with "
            "all left out that may be; email.html and email.css must be shorter"
        )
    if found := refused(html):
        raise RenderError(f"theme {theme.folder.name!r}: email.html or email.css: a mail cannot hold {found[0].what}")
    return Page(
        subject=subject,
        text=one_blank_line(theme.render("email.txt", base)),
        html=html,
        images=images,
        language=base["masthead"]["language"],
        secret=secret,
        shortened=cut["shortened"]["any"],
    )


def seen(
    brief: Brief, theme: Theme, zone: tzinfo | None, *, slots: tuple[str, ...], whole: str, web: str
) -> tuple[Context, str, dict[str, bytes]]:
    """What a mail's templates see, but for ``subject``, ``preheader`` and ``css``; the secret of its slots' marks, and
    the pictures of its charts."""
    base = context(brief, zone)
    secret = digest(json.dumps(base, sort_keys=True))
    for source in base["sources"]:
        source["link"] = text_fragment(source["url"], source["quote"], SHORT)
    bars = _bars(base, seen_on_both(*(str(theme.values[name]) for name in _BARS)))
    base |= {
        "medium": "mail",
        "person": {name: slot_mark(secret, name) if name in slots else "" for name in SLOTS},
        "pictures": [name for name, path in theme.pictures.items() if path.suffix.lower() in _SHOWN],
        "whole": whole,
        "web": web,
        "shortened": {"any": False, "quotations": 0, "stories": 0, "paragraphs": 0},
    }
    return base, secret, bars


def _size(html: str) -> int:
    """Bytes of the decoded part, whose lines end in CR LF."""
    return len(html.encode()) + html.count("\n")


def _html(theme: Theme, page: Context) -> str:
    html = theme.render("email.html", page)
    # Few clients know <bdi>; all keep the attribute that does the same.
    html = html.replace("<bdi", '<span dir="auto"').replace("</bdi>", "</span>")
    if len(html) > LARGEST_SOURCE:
        return html
    return _INDENT.sub("\n", inlined(html) if theme.trusted else worker.inlined(html, INLINE_SECONDS))


def _line(theme: Theme, name: str, page: Context, longest: int) -> str:
    # What isolates words of another direction on a page is not for a header, where no program expects it.
    line = _ISOLATES.sub("", theme.render(name, page)).strip()
    return shorten(one_line(harmless(line), f"theme {theme.folder.name!r}: {name}"), longest)


def _settled(css: str, theme: Theme) -> str:
    """``css`` with the theme's options in place of ``var(--NAME)``, or what stands after it where one is not set."""

    def value(match: re.Match[str]) -> str:
        name = match[1].replace("-", "_")
        if name not in theme.values:
            raise RenderError(f"email.css: var(--{match[1]}) is no option{did_you_mean(name, theme.values)}")
        return str(theme.values[name] or (match[2] or "inherit").strip())

    return _VARIABLE.sub(value, css)


def _bars(page: Context, colour: str) -> dict[str, bytes]:
    """The bars of the charts of ``page`` by their names, which are put there as each point's ``picture``.

    Bars of one length are one picture.
    """
    bars: dict[str, bytes] = {}
    stories = [*page["lead"], *page["in_brief"]]
    for chart in (part["chart"] for story in stories for part in (story, *story["conflicts"]) if part["chart"]):
        for point in chart["points"]:
            content = png(chart["kind"], point["percent"] / 100, colour, page["page"]["direction"])
            point["picture"] = f"bar-{hashlib.sha256(content).hexdigest()[:12]}"
            bars[point["picture"]] = content
    return bars


def _images(html: str, theme: Theme, bars: dict[str, bytes]) -> tuple[str, tuple[Image, ...]]:
    """``html`` with the theme's pictures and ``bars`` under ids that are unique in the world, and the pictures."""
    images: dict[str, Image] = {}
    for name in dict.fromkeys(_CID.findall(html)):
        if name in bars:
            content, kind = bars[name], "png"
        else:
            path = theme.pictures.get(name) or theme.folders.find(name)
            if path is None or path.suffix.lower() not in _SHOWN:
                raise RenderError(f"email.html: cid:{name} is no option with a PNG, JPEG or GIF, nor such a file")
            content, kind = read_bytes(path), _SHOWN[path.suffix.lower()]
        id = hashlib.sha256(content).hexdigest()[:24] + "@briefing.invalid"
        images[name] = Image(id, content, kind)
    # Two names may be of one picture.
    return _CID.sub(lambda m: f"cid:{images[m[1]].id}", html), tuple({i.id: i for i in images.values()}.values())
