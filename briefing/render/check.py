"""Is a theme fit to be used? Its templates are read, and sample briefs are rendered with it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from pathlib import Path

from briefing.errors import BriefingError, ConfigError, MissingLibrary, RenderError
from briefing.render.check_looks import Sight, looks
from briefing.render.check_mail import mail_findings, style_problems
from briefing.render.check_pages import (
    Finding,
    Marked,
    attack_findings,
    markdown_findings,
    marked_findings,
    page_findings,
)
from briefing.render.check_templates import template_problems
from briefing.render.check_trace import Trace
from briefing.render.context import Context, context
from briefing.render.contrast import ENOUGH, contrast
from briefing.render.email_cut import LARGEST
from briefing.render.email_page import SLOTS, seen
from briefing.render.email_page import page as mail_page
from briefing.render.environment import Look, Theme, find, packaged
from briefing.render.formats import FORMATS, renderer
from briefing.render.problems import ADVICE, ERROR, WARNING, Problem, of_error, problem, sorted_problems
from briefing.render.samples import SAMPLES
from briefing.render.strings import markdown
from briefing.render.theme_css import DARK
from briefing.render.theme_file import FILE, read_text

# What is read on what.
_PAIRS = (("ink", "paper"), ("soft", "paper"), ("accent", "paper"), ("ink", "mark"))
# Pages that take long are made of one sample only.
_SLOW = ("pdf", "eml")
_WEB = "https://briefs.example/today"
# What of a finding is another with every sample.
_VARYING = re.compile(r"'[^']*'|\d+")


def check(theme: str, look: Look | None = None, formats: Sequence[str] = FORMATS) -> list[Problem]:
    """All that was found in pages of ``formats``, errors first. Raises ``ConfigError`` where there is no such theme."""
    folder = find(theme)
    try:
        chosen = Theme(theme, look)
    except ConfigError as error:
        return [of_error(error, folder / FILE)]
    return sorted_problems(_Check(theme, chosen, look, formats).found())


class _Check:
    def __init__(self, name: str, theme: Theme, look: Look | None, formats: Sequence[str]) -> None:
        self.name, self.theme, self.look, self.formats = name, theme, look, formats
        # What was found, by page, and the lines at which a template is known to be wrong before it is rendered.
        self.seen: dict[tuple[str, str], str] = {}
        self.wrong: set[tuple[str, int]] = set()
        self.faint: set[tuple[str, int]] = set()

    def found(self) -> Iterator[Problem]:
        for colour in _colours(self.theme):
            self.faint.add((colour.file, colour.line))
            yield colour
        labels = _context("rich")["labels"]
        for level in self.theme.levels[:-1] or self.theme.levels:
            for found in (*template_problems(self.theme, level, labels), *style_problems(self.theme, level)):
                if found.level == ERROR:
                    self.wrong.add((found.file, found.line))
                yield found
        yield from self.pages()

    def pages(self) -> Iterator[Problem]:
        """Pages of the marked sample, then of all."""
        failed = set()
        for file, medium in (("brief.html", "screen"), ("brief.html", "print"), ("brief.md", ""), ("brief.txt", "")):
            format = "pdf" if medium == "print" else Path(file).suffix[1:]
            if format not in self.formats or (medium == "print" and "html" in failed):
                continue
            marked = Marked(_context("rich") | {"medium": medium, "css": ""})
            given = markdown(marked.context) if format == "md" else marked.context
            try:
                page = self.theme.render(file, given)
            except RenderError as error:
                yield from self.failure(error, file)
                failed.add(format)
                continue
            yield from self.placed(file, given, marked_findings(page, file, marked, self.sections), medium)
            if medium == "screen":
                yield from self.looks(file, given, looks(self.theme, page, marked, "style.css"))
        yield from self.samples([f for f in self.formats if f not in failed and f != "eml"])
        if "eml" in self.formats:
            yield from self.mails()

    def mails(self) -> Iterator[Problem]:
        """Mails of the marked sample; where nothing is wrong with them, of all."""
        base, *_ = seen(SAMPLES["rich"](), self.theme, None, slots=SLOTS, whole="brief.html", web=_WEB)
        marked = Marked(base | {"subject": "…", "preheader": "…", "css": ""})
        faults = 0
        for file in ("email.html", "email.txt"):
            try:
                page = self.theme.render(file, marked.context)
            except RenderError as error:
                faults += 1
                yield from self.failure(error, file)
                continue
            found = list(marked_findings(page, file, marked, self.sections))
            if file == "email.html":
                found += mail_findings(page)
                yield from self.looks(file, marked.context, looks(self.theme, page, marked, "email.css"))
            faults += sum(finding.level == ERROR for finding in found)
            yield from self.placed(file, marked.context, found, "mail")
        for sample, make in SAMPLES.items() if not faults else ():
            try:
                mail = mail_page(make(), self.theme, None, slots=(), whole="brief.html")
                if sample == "rich":
                    renderer("eml", look=self.look).render(make(), self.name)
            except BriefingError as error:
                yield from self.failure(error, "email.html", f" (sample {sample!r})")
                return
            if mail.shortened and sample == "rich":
                text = f"a mail of {len(make().stories)} stories is longer than {LARGEST // 1000} KB and is shortened"
                yield Problem(WARNING, str(self.path("email.html")), 1, 1, text)
            yield from self.placed("email.html", marked.context, attack_findings(mail.html), sample)

    def samples(self, formats: Sequence[str]) -> Iterator[Problem]:
        """Every sample in every format; a format that has failed once would fail with all of them."""
        failed = set() if "html" in formats else {"pdf"}
        for sample in SAMPLES:
            brief = SAMPLES[sample]()
            for format in formats:
                if format == "json" or format in failed or (format in _SLOW and sample != "rich"):
                    continue
                file = f"brief.{format}"
                try:
                    page = renderer(format, look=self.look).render(brief, self.name).content.decode("utf-8", "replace")
                except MissingLibrary as error:
                    yield of_error(error, self.path(file), ADVICE)
                except BriefingError as error:
                    failed.add(format)
                    yield from self.failure(error, file, f" (sample {sample!r})")
                else:
                    yield from self.placed(file, _context(sample), self.page(format, page, sample), sample)

    def failure(self, error: BriefingError, file: str, note: str = "") -> Iterator[Problem]:
        found = of_error(error, self.path(file))
        if not found.line:
            # What is wrong with a page as a whole is wrong from its beginning on.
            found = found._replace(line=1, column=1)
        if (found.file, found.line) not in self.wrong:
            yield found._replace(text=found.text + note)

    def page(self, format: str, page: str, sample: str) -> Iterator[Finding]:
        if format == "html":
            yield from page_findings(page, self.scripts)
            yield from attack_findings(page) if sample == "hostile" else ()
        elif format == "md":
            yield from markdown_findings(page)

    @cached_property
    def scripts(self) -> set[str]:
        """Those that come with the program."""
        return {read_text(path).strip() for path in packaged().glob("*/*.js")}

    @property
    def sections(self) -> list[str]:
        return list(self.theme.values.get("sections", []))

    def looks(self, file: str, given: Context, found: Iterable[Sight]) -> Iterator[Problem]:
        """What style sheets do as problems: in a sheet, by an option, or on the page itself."""
        on_page = []
        for look in found:
            if look.file:
                yield Problem(look.level, str(look.file), look.line, look.column, look.text)
            elif look.options:
                chosen = _set_in(look.level, self.theme, look.options, look.text)
                # A pair of colours that is read on the page is named already.
                if (chosen.file, chosen.line) not in self.faint:
                    yield chosen
            else:
                on_page.append(Finding(look.level, look.text, look.pattern))
        yield from self.placed(file, given, on_page, "looks")

    def placed(self, file: str, given: Context, findings: Iterable[Finding], where: str) -> Iterator[Problem]:
        """What was found on a page as problems of the theme's files. What was found on an earlier page is left out."""
        trace: Trace | None = None
        for finding in findings:
            kind = (file, _VARYING.sub("", finding.text))
            if self.seen.setdefault(kind, where) != where:
                continue
            if finding.option:
                yield _set_in(finding.level, self.theme, (finding.option,), finding.text)
                continue
            try:
                trace = trace or Trace(self.theme, file, given)
            except RenderError:
                place = None
            else:
                place = trace.place(finding.pattern) if finding.pattern else None
            if place:
                yield Problem(finding.level, str(place.file), place.line, place.column, finding.text)
            else:
                yield Problem(finding.level, str(self.path(file)), 1, 1, finding.text)

    def path(self, file: str) -> Path:
        return self.theme.folders.find(file) or self.theme.folder / file


def _colours(theme: Theme) -> Iterator[Problem]:
    for end in ("", DARK):
        for front, back in _PAIRS:
            one, other = theme.values.get(front + end), theme.values.get(back + end)
            if one and other and contrast(one, other) < ENOUGH:
                ratio = contrast(one, other)
                text = (
                    f"{front + end} {one} on {back + end} {other} has a contrast of {ratio:.1f}; readers need {ENOUGH}"
                )
                yield _set_in(WARNING, theme, (front + end, back + end), text)
    chosen = {name for level in theme.levels for name in level.file.values}
    for name in sorted(chosen):
        if name + DARK in theme.options and name + DARK not in chosen:
            yield _set_in(ADVICE, theme, (name,), f"{name!r} is set and {name + DARK!r} is not: dark pages keep ours")


def _set_in(level: str, theme: Theme, options: Sequence[str], text: str) -> Problem:
    """A problem at the place where one of the options is set."""
    for each in theme.levels:
        for name in options:
            if name in each.file.values:
                line = each.file.place(name).rpartition(":")[2]
                return problem(level, each.file.path, int(line) if line.isdigit() else 0, text, name)
    return problem(level, theme.folder / FILE, 0, text)


def _context(sample: str) -> Context:
    """What ``brief.html`` sees of a sample on a screen; the other pages see less."""
    return context(SAMPLES[sample]()) | {"medium": "screen", "css": ""}
