"""Where a theme's style sheets make words of a page or a mail hard to read, or hide what must be seen."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from briefing.errors import RenderError
from briefing.render import worker
from briefing.render.check_pages import Marked
from briefing.render.check_styles import PAGE, looked_at
from briefing.render.environment import Theme
from briefing.render.problems import ERROR, WARNING, of_error
from briefing.render.theme_css import DARK
from briefing.render.theme_file import own_file, read_text

_OPTIONS = "options"
# What hides the numbers of sources hides little else.
_NUMBERS = re.compile(r"[\W\d]+")


class Sight(NamedTuple):
    """What is wrong with how a page looks: in a style sheet, on the page itself, or by one of its options."""

    level: str
    text: str
    file: Path | None = None
    line: int = 0
    column: int = 0
    options: tuple[str, ...] = ()
    pattern: str = ""


def looks(theme: Theme, page: str, marked: Marked, sheet: str) -> Iterator[Sight]:
    """What the sheets named ``sheet`` make of a marked page, in light and dark."""
    own = {str(level.folder / sheet) for level in theme.levels[:-1] or theme.levels}
    names, options = _options(theme, mail=sheet == "email.css")
    try:
        sheets = [(_OPTIONS, options), *_sheets(theme, sheet)]
        for dark in (False, True):
            given = json.loads(looked_at(page, sheets, dark) if theme.trusted else worker.looked_at(page, sheets, dark))
            yield from _faint(given, own, names, " on dark pages" if dark else "")
            if not dark:
                yield from _hidden(given, own, marked)
    except RenderError as error:
        found = of_error(error, theme.folder / sheet)
        yield Sight(ERROR, found.text, Path(found.file), found.line, found.column)


def _faint(given: Sequence[dict[str, Any]], own: set[str], names: Sequence[str], where: str) -> Iterator[Sight]:
    worst: dict[Any, tuple[float, Sight]] = {}
    for each in given:
        if each["what"] != "faint":
            continue
        place = next((p for p in each["places"] if p[0] in own), None)
        options = tuple(names[p[1] - 1] for p in each["places"] if p[0] == _OPTIONS)
        on_page = next((p for p in each["places"] if p[0] == PAGE), None)
        text = (
            f"{each['front']} on {each['back']} has a contrast of {each['ratio']}{where}; readers need {each['need']}: "
            f"{each['element']}"
        )
        if place:
            look = Sight(WARNING, text, Path(place[0]), place[1], place[2])
        elif on_page:
            look = Sight(WARNING, text, pattern=_pattern(on_page, each["element"]))
        else:
            look = Sight(WARNING, text, options=options)
        key = (*(place or on_page or options), where)
        if key not in worst or each["ratio"] < worst[key][0]:
            worst[key] = (each["ratio"], look)
    yield from (look for _, look in worst.values())


def _hidden(given: Sequence[dict[str, Any]], own: set[str], marked: Marked) -> Iterator[Sight]:
    shown = next((each["words"] for each in given if each["what"] == "shown"), "")
    sources = {"#" + source["id"] for source in marked.context["sources"]}
    for each in given:
        if each["what"] != "hidden" or each["places"][0][0] not in {*own, PAGE}:
            continue
        words = each["words"]
        lost = [word for word in re.findall(r"[A-Z][a-z]+[a-j]{3}\b", words) if word not in shown]
        text = ""
        if any(word in marked.claims for word in lost):
            text = "hides sentences of the brief"
        elif any(word.startswith("Doubted") for word in lost):
            text = "hides what the checks doubt of sentences"
        elif any(word in marked.quotes for word in lost):
            text = "hides sources"
        elif sources & set(each["links"]) or (_NUMBERS.fullmatch(words) and re.search(r"\d", words)):
            text = "hides the numbers of sentences' sources"
        if text:
            sheet, line, column, _ = place = each["places"][0]
            if sheet == PAGE:
                yield Sight(ERROR, text, pattern=_pattern(place, each["element"]))
            else:
                yield Sight(ERROR, text, Path(sheet), line, column)


def _pattern(place: Sequence[Any], element: str) -> str:
    """What the page holds where a style of its own is written: in an element's attribute, or in a sheet."""
    _, line, _, value = place
    return re.escape(value) if line else rf"<{element.partition('.')[0]}\b[^>]*\bstyle\s*="


def _sheets(theme: Theme, name: str) -> list[tuple[str, str]]:
    sheets: list[tuple[str, str]] = []
    for level in reversed(theme.levels):
        path = own_file(level.folder, name)
        if path and level.file.styles == "replace":
            sheets.clear()
        if path:
            sheets.append((str(level.folder / name), read_text(path)))
    return sheets


def _options(theme: Theme, mail: bool) -> tuple[list[str], str]:
    """The theme's colours as custom properties, one a line, and the option of each line. Those of a mail are plain."""
    lines: list[tuple[str, str]] = []
    for name, option in theme.options.items():
        value = theme.values.get(name)
        if option.kind == "colour" and value:
            plain = name.replace("_", "-")
            if mail or not name.endswith(DARK):
                lines.append((name, f":root {{ --{plain}: {value} }}"))
            else:
                plain = plain.removesuffix(DARK.replace("_", "-"))
                lines.append((name, f"@media (prefers-color-scheme: dark) {{ :root {{ --{plain}: {value} }} }}"))
    return [name for name, _ in lines], "\n".join(text for _, text in lines)
