"""The text of a piece of HTML, block by block. For whole pages, which hold more than an article, see ``page``."""

from __future__ import annotations

import re
from typing import Any

from lxml import etree

_SKIPPED = frozenset(
    "script style template noscript iframe object embed applet svg math head title select button form input "
    "textarea nav canvas audio video map figcaption dialog".split()
)
_BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details div dl dt fieldset figure footer h1 h2 h3 h4 "
    "h5 h6 header hgroup hr html li main menu ol p pre section summary table tbody td tfoot th thead tr ul".split()
)
_GONE = re.compile(r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)", re.IGNORECASE)
_OUT_OF_SIGHT = re.compile(
    r"(?:^|;)\s*(?:font-size\s*:\s*0(?![.\d])|opacity\s*:\s*0(?:\.0+)?\s*(?:;|$|!)"
    r"|(?:margin-)?(?:left|top|text-indent)\s*:\s*-(?:\d{4,}|\d{3,}r?em))",
    re.IGNORECASE,
)
_COLLAPSED = re.compile(r"(?:^|;)\s*(?:max-)?(?:height|width)\s*:\s*[01](?:px)?\s*(?:;|$|!)", re.IGNORECASE)
_CLIPPED = re.compile(r"overflow\s*:\s*hidden", re.IGNORECASE)
_CONTROLS = re.compile("[\x00-\x08\x0b\x0e-\x1f]")
_LONGEST_SHEET = 500_000


def text_of(html: str) -> str:
    """The visible text of a fragment: paragraphs divided by blank lines, ``<br>`` as a line break.

    Scripts, styles, forms, navigation, embedded frames, comments, captions and what the markup itself hides are
    left out.
    """
    if "<" not in html and "&" not in html:
        return html.strip()
    parser = etree.HTMLParser(recover=True, no_network=True, remove_comments=True, remove_pis=True)
    try:
        tree = etree.fromstring(f"<div>{parsable(html)}</div>", parser)
    except (etree.XMLSyntaxError, ValueError):
        return ""
    return "" if tree is None else _walk(tree)


def text_of_tree(tree: Any) -> str:
    """``text_of`` for a parsed page."""
    return _walk(tree)


def hidden(element: Any) -> bool:
    """Whether an element says itself that it is not seen: by ``hidden`` or by its own style."""
    if element.get("hidden") is not None:
        return True
    style = element.get("style")
    if not style:
        return False
    collapsed = _COLLAPSED.search(style) and _CLIPPED.search(style)
    return bool(_GONE.search(style) or _OUT_OF_SIGHT.search(style) or collapsed)


def concealed(tree: Any) -> list[Any]:
    """The elements of a page that are not seen: hidden by themselves or by a rule of the page's own style sheets.

    Rules are read where they take away a class or an id outright. Where that would hide most of the page, its scripts
    show the text when it opens (``body { opacity: 0 }``, "read more"): then such rules are not believed.
    """
    own = [e for e in tree.iter() if isinstance(e.tag, str) and e.tag not in ("html", "body") and hidden(e)]
    own += tree.iter("template", "noscript")
    classes, ids = _hidden_names("\n".join(style.text or "" for style in tree.iter("style")))
    if not classes and not ids:
        return own
    ruled = [
        e
        for e in tree.iter()
        if isinstance(e.tag, str)
        and e.tag not in ("html", "body")
        and (e.get("id") in ids or not classes.isdisjoint((e.get("class") or "").split()))
    ]
    within = set(ruled)
    outermost = [e for e in ruled if within.isdisjoint(e.iterancestors())]
    if sum(map(_size, outermost)) * 2 > _size(tree):
        return own
    return own + ruled


def _hidden_names(sheet: str) -> tuple[set[str], set[str]]:
    """Classes and ids that a style sheet hides; rules for some screens only (``@media``) do not count."""
    names: tuple[set[str], set[str]] = (set(), set())
    depth, selectors = 0, ""
    for piece in re.split(r"([{}])", _without_comments(sheet[:_LONGEST_SHEET])):
        if piece == "{":
            depth += 1
        elif piece == "}":
            depth = max(0, depth - 1)
        elif depth == 0:
            selectors = piece
        elif depth == 1 and "@" not in selectors and _GONE.search(piece):
            for selector in selectors.split(","):
                match = re.fullmatch(r"\s*[a-zA-Z]*([.#])([\w-]+)\s*", selector)
                if match:
                    names[match[1] == "#"].add(match[2])
    return names


def _without_comments(sheet: str) -> str:
    kept = []
    while "/*" in sheet:
        before, _, rest = sheet.partition("/*")
        kept.append(before)
        sheet = rest.partition("*/")[2]
    return "".join((*kept, sheet))


def _size(element: Any) -> int:
    return sum(len(p.text or "") for p in element.iter("p"))


def parsable(html: str) -> str:
    """``html`` without what ``lxml`` refuses: controls and lone surrogates."""
    return _CONTROLS.sub("", html.encode("utf-8", "replace").decode("utf-8"))


def _walk(tree: Any) -> str:
    parts: list[str] = []
    skipping: Any = None
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        tag = element.tag if isinstance(element.tag, str) else ""
        if event == "start":
            if skipping is not None:
                continue
            if not tag or tag in _SKIPPED or hidden(element):
                skipping = element
                continue
            if tag in _BLOCKS:
                parts.append("\n\n")
            elif tag == "br":
                parts.append("\n")
            parts.append(_spaced(element.text))
        else:
            if skipping is element:
                skipping = None
            elif skipping is not None:
                continue
            elif tag in _BLOCKS:
                parts.append("\n\n")
            if element is not tree:
                parts.append(_spaced(element.tail))
    blocks = "".join(parts).split("\n\n")
    lines = ("\n".join(" ".join(line.split(" ")).strip() for line in block.strip().split("\n")) for block in blocks)
    return "\n\n".join(re.sub(" {2,}", " ", block) for block in lines if block.strip())


def _spaced(text: str | None) -> str:
    return re.sub(r"[ \t\r\n\f]+", " ", text) if text else ""
