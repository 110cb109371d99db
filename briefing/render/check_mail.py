"""What of a theme's mails is lost on the way: styles that clients drop, and what no mail may hold."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from briefing.errors import RenderError
from briefing.render.check_pages import Finding
from briefing.render.email_clients import dropped
from briefing.render.email_inline import refused
from briefing.render.environment import Level, Theme
from briefing.render.problems import ERROR, WARNING, Problem
from briefing.render.theme_file import own_file, read_text
from briefing.text.suggest import did_you_mean

SHEET, TEMPLATE = "email.css", "email.html"
_HIDDEN = re.compile(r"\{[^{}]*\bdisplay\s*:\s*none\b[^{}]*\}")
# Styles in a template: of an element, or a sheet of its own. What stands in braces of Jinja's is no style.
_STYLES = re.compile(
    r"""\sstyle\s*=\s*(?:"([^"]*)"|'([^']*)')|<style\b[^>]*>(.*?)</style>""", re.DOTALL | re.IGNORECASE
)
_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_VARIABLE = re.compile(r"var\(\s*--([a-z0-9-]+)")
_PICTURE = re.compile(r"cid:[A-Za-z0-9_][A-Za-z0-9._-]*")


def style_problems(theme: Theme, level: Level) -> Iterator[Problem]:
    """Declarations of one theme's mail that some client drops, and custom properties that are no option."""
    for name in (SHEET, TEMPLATE):
        path = own_file(level.folder, name)
        if path is None:
            continue
        try:
            text = read_text(path)
        except RenderError as error:
            yield Problem(ERROR, str(path), 0, 0, str(error))
            continue
        css = _styles(text) if name == TEMPLATE else text
        yield from _dropped(css, path)
        if name == SHEET:
            yield from _unknown(css, path, theme)


def mail_findings(html: str) -> Iterator[Finding]:
    """What the HTML of a mail holds that clients drop or that would be loaded from elsewhere."""
    # Names of pictures become their ids when the mail is put together.
    for each in refused(_PICTURE.sub("cid:" + "0" * 24 + "@briefing.invalid", html)):
        yield Finding(ERROR, f"a mail cannot hold {each.what}", re.escape(each.written))


def _dropped(css: str, path: Path) -> Iterator[Problem]:
    # What hides an element hides it by several means, each for other clients.
    bare = _HIDDEN.sub(_blank, _COMMENT.sub(_blank, css))
    for each in dropped(bare):
        text = f"{each.declaration!r} is dropped by {', '.join(each.clients)}"
        yield Problem(WARNING, str(path), each.line, each.column, text)


def _unknown(css: str, path: Path, theme: Theme) -> Iterator[Problem]:
    for found in _VARIABLE.finditer(_COMMENT.sub(_blank, css)):
        name = found[1].replace("-", "_")
        if name not in theme.values:
            text = f"var(--{found[1]}) is no option{did_you_mean(name, theme.values)}"
            yield Problem(ERROR, str(path), *_place(css, found.start()), text)


def _styles(template: str) -> str:
    """A template with all but its styles blanked out, so that places stay; each style a rule of its own."""
    template = _TAG.sub(_blank, template)
    kept = list(re.sub(r"[^\n]", " ", template))
    for found in _STYLES.finditer(template):
        group = next(n for n in (1, 2, 3) if found[n] is not None)
        start, end = found.span(group)
        kept[start:end] = found[group]
        kept[start - 1] = "{"
        kept[end : end + 1] = "}"
    return "".join(kept)


def _blank(found: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", found[0])


def _place(text: str, at: int) -> tuple[int, int]:
    return text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)
