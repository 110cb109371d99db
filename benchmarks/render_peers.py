"""The same brief through others: WeasyPrint called directly, Typst, and Chromium's printing."""

from __future__ import annotations

import importlib
import importlib.util
import json
import multiprocessing
import shutil
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from briefing.model import Brief
from briefing.render.attribution import publisher, web_address
from briefing.render.excerpts import shorten
from briefing.render.pdf import load
from briefing.render.pdf_archive import attachment, for_archive

_SPAWN = multiprocessing.get_context("spawn")
_NOTE = 84
_ARGUMENTS = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking")


class Timed(NamedTuple):
    """A document, and the seconds that it took of the clock and of the processor."""

    content: bytes
    wall: float
    cpu: float


class Direct:
    """WeasyPrint in a process of its own, which keeps the style sheets that it has read, as ours does."""

    def __init__(self) -> None:
        self._pool = ProcessPoolExecutor(1, mp_context=_SPAWN)

    def render(self, given: dict[str, str]) -> Timed:
        """``write_pdf`` of what ``briefing.render.pdf.write`` is given; sending it there and back is not counted."""
        return self._pool.submit(_direct, given).result()

    @property
    def pid(self) -> int:
        return self._pool.submit(_pid).result()

    def end(self) -> None:
        self._pool.shutdown()


def _pid() -> int:
    return multiprocessing.current_process().pid or 0


def _direct(given: dict[str, str]) -> Timed:
    weasyprint, fetcher = load()
    wall, cpu = time.perf_counter(), time.process_time()
    options: dict[str, Any] = {"pdf_variant": "pdf/ua-1"}
    if sources := given.get("sources"):
        attached = [attachment(weasyprint, sources, given["made_at"])]
        options = {"pdf_variant": "pdf/a-3a", "finisher": for_archive, "attachments": attached}
    sheets = [_read(given["css"]), _read(given["more"])]
    content = weasyprint.HTML(string=given["page"], url_fetcher=fetcher).write_pdf(stylesheets=sheets, **options)
    return Timed(content, time.perf_counter() - wall, time.process_time() - cpu)


@lru_cache(maxsize=8)
def _read(css: str) -> Any:
    weasyprint, fetcher = load()
    return weasyprint.CSS(string=css, url_fetcher=fetcher)


def typst(brief: Brief, variant: str = "ua-1") -> Timed | None:
    """The brief's sentences, footnotes and sources by Typst; None where its package is not installed.

    Each time in a new process: Typst remembers what it has set. Starting and importing are not counted.
    """
    if importlib.util.find_spec("typst") is None:
        return None
    with ProcessPoolExecutor(1, mp_context=_SPAWN) as pool:
        return pool.submit(_typst, typst_source(brief), variant).result()


def _typst(source: str, variant: str) -> Timed:
    compiler = importlib.import_module("typst")
    wall, cpu = time.perf_counter(), time.process_time()
    content = compiler.compile(source.encode(), format="pdf", pdf_standards=variant)
    return Timed(content, time.perf_counter() - wall, time.process_time() - cpu)


def typst_source(brief: Brief) -> str:
    """Title, headlines, sentences, a footnote at each call, running heads, and the list of sources with quotations.

    It leaves out what else our page says: why it matters, doubts, conflicts, what was left out, how it was made.
    """
    numbers = {citation: n for n, citation in enumerate(brief.references, 1)}
    articles = {article.id: article for article in brief.articles}
    day = brief.made_at.date()
    lines = [
        f"#set document(title: {_text(brief.title)}, date: datetime(year: {day.year}, month: {day.month}, "
        f"day: {day.day}))",
        f'#set text(lang: {_text(brief.language)}, size: 10.5pt, font: ("Noto Serif", "DejaVu Serif"))',
        f'#set page(paper: "a4", header: {_text(brief.title)}, numbering: (n, ..all) => [Page #n of #all.at(0)])',
        "#set par(leading: .6em)",
        "#title()",
    ]
    for story in brief.stories:
        lines.append(f"= #{_text(story.headline.text)}")
        for claim in story.claims:
            notes = ""
            for citation in claim.citations:
                article = articles[citation.article]
                told = f"{numbers[citation]} {publisher(article)}. “{shorten(citation.quote, _NOTE)}”"
                notes += f"#footnote({_text(told)})"
            lines += [f"#{_text(claim.text)}{notes}", ""]
    lines.append("= Sources")
    for citation in brief.references:
        article = articles[citation.article]
        told = f"{publisher(article)}, {article.title}. “{citation.quote}” "
        address = web_address(article.url)
        lines.append(f"+ #{_text(told)}" + (f"#link({_text(address)})" if address else ""))
    return "\n".join(lines)


def _text(text: str) -> str:
    """``text`` as a string of Typst, whose escapes are those of JSON."""
    return json.dumps(text, ensure_ascii=False)


class Chromium:
    """A browser that is open already, printing pages to PDF."""

    def __init__(self, page: Any) -> None:
        self._page = page

    def render(self, page: str, css: str) -> Timed:
        """The page under the same style sheet, of which it knows neither footnotes nor running heads."""
        wall = time.perf_counter()
        self._page.set_content(page.replace("</head>", f"<style>{css}</style></head>"))
        content = self._page.pdf(prefer_css_page_size=True, tagged=True, outline=True)
        # How long its processes work it does not say.
        return Timed(content, time.perf_counter() - wall, float("nan"))


@contextmanager
def chromium() -> Iterator[Chromium | None]:
    """A Chromium through Playwright, or None where one of them is not installed."""
    program = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if program is None or importlib.util.find_spec("playwright") is None:
        yield None
        return
    playwright = importlib.import_module("playwright.sync_api").sync_playwright()
    with playwright as opened:
        browser = opened.chromium.launch(executable_path=program, args=list(_ARGUMENTS))
        yield Chromium(browser.new_page())
        browser.close()


def peak_mb(pid: int) -> float:
    """The most memory that a process has had, in megabytes; not a number where the system does not say (Linux does)."""
    status = Path(f"/proc/{pid}/status")
    if not status.exists():
        return float("nan")
    fields = dict(line.split(":", 1) for line in status.read_text().splitlines() if ":" in line)
    return int(fields["VmHWM"].split()[0]) / 1024
