"""What a theme's style sheets make of a page, as far as it can be told without a browser: words whose colour is hard to
tell from what is behind them, and words that are not shown at all.

Colours, sizes and ``display`` follow the cascade (CSS Cascade 4: origin aside, importance, specificity, order) and
inheritance; custom properties are resolved. Positions, filters and pictures are not looked at, and what cannot be known
is not reported. A stranger's selectors may take any time: this runs in ``worker``'s process.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

import cssselect2
import tinycss2
import tinycss2.color3
from lxml import html as parser

from briefing.render.contrast import ENOUGH, ENOUGH_LARGE, contrast

# A sheet's name for what is written on the page itself, in <style> or style="".
PAGE = "page"
_USED = {
    "color", "background", "background-color", "display", "visibility", "opacity", "font-size", "font-weight", "font",
}  # fmt: skip
# WCAG 2.2: large is 24 px, or 18.66 px where it is bold.
_LARGE, _LARGE_BOLD = 24.0, 18.66
_PIXELS = {"px": 1.0, "pt": 96 / 72, "rem": 16.0, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96.0}
_BIG = {"h1": 2.0, "h2": 1.5, "h3": 1.17}
_VAR = re.compile(r"var\(\s*(--[\w-]+)\s*(?:,((?:[^()]|\([^()]*\))*))?\)")
_LONGEST = 2_000
_INHERITED = ("inherit", "currentcolor", "unset")
_UNSHOWN = {"head", "script", "style", "template", "title", "noscript"}
_Colour = tuple[float, float, float, float]


class Declared(NamedTuple):
    """A declaration: its value, the sheet that it stands in, and where."""

    value: str
    sheet: str
    line: int
    column: int


@dataclass(frozen=True)
class _Style:
    front: _Colour | None = (0, 0, 0, 1)
    back: _Colour | None = (1, 1, 1, 1)
    # What set each, last first: the declaration, then those of the custom properties in it.
    set_front: tuple[Declared, ...] = ()
    set_back: tuple[Declared, ...] = ()
    size: float | None = 16.0
    bold: bool = False
    shown: float = 1.0
    hidden_by: Declared | None = None
    custom: Mapping[str, Declared] = field(default_factory=dict)


def looked_at(html: str, sheets: Sequence[tuple[str, str]], dark: bool) -> str:
    """What was seen of a page under ``sheets``, each a name and its text, as JSON: a list of objects.

    ``{"what": "faint", "front", "back", "ratio", "need", "element", "places"}`` where words are hard to read,
    ``{"what": "hidden", "words", "links", "element", "places"}`` for each element that is hidden with all in it, and
    one ``{"what": "shown", "words"}`` with all that is not; ``places`` are of sheet, line, column and value, nearest
    first.
    """
    root = parser.document_fromstring(
        (html if html.strip() else "<html></html>").encode(),
        parser.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True),
    )
    matcher = cssselect2.Matcher()
    own = [(PAGE, element.text or "") for element in root.iter("style")]
    for name, text in (*sheets, *own):
        for rule in tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True):
            _add(matcher, rule, name, dark)
    return json.dumps(_unique(_seen(root, matcher)))


def _unique(found: Iterator[dict[str, Any]]) -> list[dict[str, Any]]:
    kept: dict[str, dict[str, Any]] = {}
    for each in found:
        kept.setdefault(json.dumps(each), each)
    return list(kept.values())


def _add(matcher: Any, rule: Any, sheet: str, dark: bool, depth: int = 0) -> None:
    if rule.type == "at-rule" and rule.content is not None and depth < 5:
        name = rule.lower_at_keyword
        if name in ("supports", "layer") or (name == "media" and _applies(tinycss2.serialize(rule.prelude), dark)):
            for inner in tinycss2.parse_blocks_contents(rule.content, skip_comments=True, skip_whitespace=True):
                _add(matcher, inner, sheet, dark, depth + 1)
    elif rule.type == "qualified-rule":
        used: dict[str, tuple[Declared, bool]] = {}
        for each in tinycss2.parse_blocks_contents(rule.content, skip_comments=True, skip_whitespace=True):
            if each.type == "declaration" and (each.lower_name in _USED or each.name.startswith("--")):
                value = tinycss2.serialize(each.value).strip()
                place = Declared(value, sheet, each.source_line, each.source_column)
                used[each.name if each.name.startswith("--") else each.lower_name] = place, each.important
        try:
            for selector in cssselect2.compile_selector_list(rule.prelude) if used else ():
                matcher.add_selector(selector, used)
        except cssselect2.SelectorError:
            return


def _applies(media: str, dark: bool) -> bool:
    """Whether a rule is for a wide screen in that scheme."""
    media = media.lower()
    if "prefers-color-scheme" in media:
        return ("dark" in media) == dark
    return not re.search(r"print|max-width|hover|pointer|forced-colors|prefers|inverted|orientation|not\b", media)


def _seen(root: Any, matcher: Any) -> Iterator[dict[str, Any]]:
    stack = [(cssselect2.ElementWrapper.from_html_root(root), _Style())]
    shown: list[str] = []
    while stack:
        element, outer = stack.pop()
        node = element.etree_element
        if node.tag in _UNSHOWN:
            continue
        style = _styled(element, outer, _declared(element, matcher))
        if style.hidden_by:
            links = [a.get("href", "") for a in node.iter("a")]
            words = " ".join(node.itertext())[:_LONGEST]
            yield {
                "what": "hidden", "words": words, "links": links[:20], "element": _name(node),
                "places": [_place(style.hidden_by)],
            }  # fmt: skip
            continue
        words = " ".join((node.text or "", *(child.tail or "" for child in node))).strip()
        shown.append(words)
        if any(map(str.isalnum, words)) and style.front and style.back:
            yield from _faint(node, style)
        stack.extend((child, style) for child in reversed(list(element.iter_children())))
    yield {"what": "shown", "words": " ".join(shown)}


def _declared(element: Any, matcher: Any) -> dict[str, Declared]:
    """The declarations that win for an element."""
    plain: dict[str, Declared] = {}
    important: dict[str, Declared] = {}
    for _, _, pseudo, used in matcher.match(element):
        for name, (declared, strong) in used.items() if pseudo is None else ():
            (important if strong else plain)[name] = declared
            # What a shorthand sets is set anew.
            if name == "background":
                (important if strong else plain).pop("background-color", None)
            elif name == "background-color":
                (important if strong else plain).pop("background", None)
    for each in tinycss2.parse_blocks_contents(element.etree_element.get("style") or ""):
        if each.type == "declaration" and each.lower_name in _USED:
            plain[each.lower_name] = Declared(tinycss2.serialize(each.value).strip(), PAGE, 0, 0)
    return plain | important


def _styled(element: Any, outer: _Style, declared: dict[str, Declared]) -> _Style:
    custom = {**outer.custom, **{name: each for name, each in declared.items() if name.startswith("--")}}
    style = replace(outer, custom=custom)
    tag = element.etree_element.tag
    style = _sized(style, outer, tag, declared)
    if "color" in declared:
        value, used = _resolved(declared["color"], custom)
        front = _colour(value, outer.front)
        kept = outer.set_front if value.lower() in _INHERITED else ()
        style = replace(style, front=front, set_front=(*used, *kept))
    elif tag == "a" and element.etree_element.get("href"):
        # The browser's own blue, which depends on its settings.
        style = replace(style, front=None)
    for name in ("background", "background-color"):
        if name in declared:
            value, used = _resolved(declared[name], custom)
            back = _colour(value, None) if name == "background-color" else _background(value)
            over = _over(back, outer.back) if back else None
            style = replace(style, back=over, set_back=used if over != outer.back else outer.set_back)
    return _shown(style, outer, declared)


def _sized(style: _Style, outer: _Style, tag: str, declared: dict[str, Declared]) -> _Style:
    size, bold = outer.size, outer.bold or tag in ("h1", "h2", "h3", "h4", "b", "strong", "th")
    if tag in _BIG:
        size = outer.size and outer.size * _BIG[tag]
    for name in ("font", "font-size"):
        if name in declared:
            value = _resolved(declared[name], style.custom)[0]
            size = _pixels(value, outer.size)
    if "font" in declared or "font-weight" in declared:
        value = _resolved(declared.get("font-weight", declared.get("font", Declared("", "", 0, 0))), style.custom)[0]
        bold = bool(re.search(r"\b(bold|bolder|[6-9]00)\b", value))
    return replace(style, size=size, bold=bold)


def _shown(style: _Style, outer: _Style, declared: dict[str, Declared]) -> _Style:
    for name, hides in (("display", "none"), ("visibility", "hidden"), ("visibility", "collapse")):
        if name in declared and _resolved(declared[name], style.custom)[0].lower() == hides:
            return replace(style, hidden_by=declared[name])
    if style.size == 0 and outer.size:
        return replace(style, hidden_by=declared.get("font-size", declared.get("font")))
    if "opacity" in declared:
        value = _resolved(declared["opacity"], style.custom)[0]
        try:
            share = float(value[:-1]) / 100 if value.endswith("%") else float(value)
        except ValueError:
            return replace(style, front=None)
        if share <= 0:
            return replace(style, hidden_by=declared["opacity"])
        style = replace(style, shown=outer.shown * min(share, 1.0), set_front=(declared["opacity"], *style.set_front))
    return style


def _faint(node: Any, style: _Style) -> Iterator[dict[str, Any]]:
    if style.front is None or style.back is None:
        return
    red, green, blue, alpha = style.front
    front, back = _hex(_over((red, green, blue, alpha * style.shown), style.back)), _hex(style.back)
    # A size that is not known may be a large one.
    large = style.size is None or style.size >= (_LARGE_BOLD if style.bold else _LARGE)
    need, ratio = ENOUGH_LARGE if large else ENOUGH, contrast(front, back)
    if ratio < need:
        places = [_place(each) for each in (*style.set_front, *style.set_back)]
        yield {
            "what": "faint", "front": front, "back": back, "ratio": int(ratio * 10) / 10, "need": need,
            "element": _name(node), "places": list(map(list, dict.fromkeys(places))),
        }  # fmt: skip


def _name(node: Any) -> str:
    """An element as a selector would call it."""
    classes = (node.get("class") or "").split()
    return f"{node.tag}.{classes[0]}" if classes else str(node.tag)


def _resolved(declared: Declared, custom: Mapping[str, Declared]) -> tuple[str, tuple[Declared, ...]]:
    """A value without ``var()``, and the declarations that gave it."""
    value, used = declared.value, [declared]
    for _ in range(8):
        found = _VAR.search(value)
        if found is None or len(value) > _LONGEST:
            break
        given = custom.get(found[1])
        used += [given] if given else []
        value = value[: found.start()] + (given.value if given else found[2] or "").strip() + value[found.end() :]
    return value.strip(), tuple(used)


def _colour(value: str, outer: _Colour | None) -> _Colour | None:
    """A colour; nothing where it cannot be known."""
    if value.lower() in _INHERITED:
        return outer
    parsed = tinycss2.color3.parse_color(value) if len(value) < 100 else None
    return None if parsed is None or parsed == "currentColor" else tuple(parsed)


def _background(value: str) -> _Colour | None:
    """The colour in ``background``; nothing where a picture or a gradient is behind the words."""
    found: _Colour | None = (0, 0, 0, 0)
    for token in tinycss2.parse_component_value_list(value):
        if token.type == "url" or (token.type == "function" and not token.lower_name.startswith(("rgb", "hsl"))):
            return None
        parsed = tinycss2.color3.parse_color(token)
        if parsed is not None and parsed != "currentColor":
            found = tuple(parsed)
    return found


def _over(front: _Colour, back: _Colour | None) -> _Colour | None:
    red, green, blue, alpha = front
    if alpha >= 1:
        return front
    if back is None:
        return None
    return (*(one * alpha + other * (1 - alpha) for one, other in zip((red, green, blue), back, strict=False)), 1.0)  # type: ignore[return-value]


def _pixels(value: str, outer: float | None) -> float | None:
    found = re.search(r"(?<![\w.#-])(\d*\.?\d+)(px|pt|rem|em|%|mm|cm|in)?(?=[\s/;,]|$)", value)
    if found is None or "(" in value.split("/")[0]:
        return None
    number, unit = float(found[1]), found[2]
    if unit in ("em", "%"):
        return outer and outer * (number if unit == "em" else number / 100)
    return 0.0 if number == 0 else number * _PIXELS[unit] if unit else None


def _hex(colour: _Colour | None) -> str:
    return "#" + "".join(f"{round(max(0.0, min(1.0, part)) * 255):02x}" for part in (colour or (0, 0, 0, 1))[:3])


def _place(declared: Declared) -> tuple[str, int, int, str]:
    return declared.sheet, declared.line, declared.column, declared.value[:100]
