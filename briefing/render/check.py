"""Is a theme fit to be used? Its templates are read, and sample briefs are rendered with it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from briefing.errors import BriefingError, ConfigError, MissingLibrary, RenderError
from briefing.render.check_pages import Marked, attack_problems, marked_problems, page_problems
from briefing.render.check_templates import template_problems
from briefing.render.context import Context, context
from briefing.render.contrast import ENOUGH, contrast
from briefing.render.environment import Look, Theme, find
from briefing.render.formats import FORMATS, renderer
from briefing.render.problems import ADVICE, WARNING, Problem, of_error, problem, sorted_problems
from briefing.render.samples import SAMPLES
from briefing.render.strings import markdown
from briefing.render.theme_css import DARK
from briefing.render.theme_file import FILE

# What is read on what.
_PAIRS = (("ink", "paper"), ("soft", "paper"), ("accent", "paper"), ("ink", "mark"))
PAGES = ("brief.html", "brief.md", "brief.txt")
# Pages that take long are made of one sample only.
_SLOW = ("pdf", "eml")


def check(theme: str, look: Look | None = None, formats: Sequence[str] = FORMATS) -> list[Problem]:
    """All that was found in pages of ``formats``, errors first. Raises ``ConfigError`` where there is no such theme."""
    folder = find(theme)
    try:
        chosen = Theme(theme, look)
    except ConfigError as error:
        return [of_error(error, folder / FILE)]
    return sorted_problems(_found(theme, chosen, look, formats))


def _found(name: str, theme: Theme, look: Look | None, formats: Sequence[str]) -> Iterator[Problem]:
    yield from _colours(theme)
    for level in theme.levels[:-1] or theme.levels:
        yield from template_problems(theme, level, _context("rich")["labels"])
    failed = set()
    for file in (page for page in PAGES if Path(page).suffix[1:] in formats):
        path = theme.folders.find(file) or theme.folder / file
        marked = Marked(_context("rich"))
        try:
            page = theme.render(file, marked.context if file != "brief.md" else markdown(marked.context))
        except RenderError as error:
            yield of_error(error, path)
            failed.add(Path(file).suffix[1:])
            continue
        yield from marked_problems(page, file, marked, path)
    yield from _samples(name, theme, look, [format for format in formats if format not in failed])


def _samples(name: str, theme: Theme, look: Look | None, formats: Sequence[str]) -> Iterator[Problem]:
    """Every sample in every format; a format that has failed once would fail with all of them."""
    failed = set() if "html" in formats else {"pdf"}
    for sample, make in SAMPLES.items():
        brief = make()
        for format in formats:
            if format == "json" or format in failed or (format in _SLOW and sample != "rich"):
                continue
            path = theme.folders.find(f"brief.{format}") or theme.folder / f"brief.{format}"
            try:
                page = renderer(format, look=look).render(brief, name).content.decode("utf-8", "replace")
            except MissingLibrary as error:
                yield of_error(error, path, ADVICE)
            except BriefingError as error:
                failed.add(format)
                found = of_error(error, path)
                yield found._replace(text=f"{found.text} (sample {sample!r})")
            else:
                if format == "html":
                    yield from page_problems(page, theme, path)
                    yield from attack_problems(page, path) if sample == "hostile" else ()


def _colours(theme: Theme) -> Iterator[Problem]:
    for end in ("", DARK):
        for front, back in _PAIRS:
            one, other = theme.values.get(front + end), theme.values.get(back + end)
            if one and other and contrast(one, other) < ENOUGH:
                ratio = contrast(one, other)
                text = (
                    f"{front + end} {one} on {back + end} {other} has a contrast of {ratio:.1f}; readers need {ENOUGH}"
                )
                yield _set_in(WARNING, theme, front + end, back + end, text)
    chosen = {name for level in theme.levels for name in level.file.values}
    for name in sorted(chosen):
        if name + DARK in theme.options and name + DARK not in chosen:
            yield _set_in(
                ADVICE, theme, name, name, f"{name!r} is set and {name + DARK!r} is not: dark pages keep ours"
            )


def _set_in(level: str, theme: Theme, one: str, other: str, text: str) -> Problem:
    """A problem at the place where either of two options is set."""
    for each in theme.levels:
        for name in (one, other):
            if name in each.file.values:
                place = each.file.place(name)
                line = place.rpartition(":")[2]
                return problem(level, each.file.path, int(line) if line.isdigit() else 0, text, name)
    return problem(level, theme.folder / FILE, 0, text)


def _context(sample: str) -> Context:
    """What ``brief.html`` sees of a sample on a screen; the other pages see less."""
    return context(SAMPLES[sample]()) | {"medium": "screen", "css": ""}
