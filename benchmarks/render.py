"""Seconds and memory of pages, PDFs and mails, and what WeasyPrint, Typst and Chromium take for the same brief.

    python -m benchmarks.render [--pages 2,10,100] [--runs 5] [--mails 2000] [--json FILE]

All is warm: each process has made a brief under the same theme before; what its start takes is told apart. Ours and
WeasyPrint called directly (same page, same style sheets read once, same options, another process) take turns; ``ratio``
is the median of the ratios of neighbouring runs, in seconds of the clock and of the processor, and ``same`` is whether
the bytes are. Ours begins with the brief and ends with the document: filling the template and sending it to the process
that makes PDFs are counted. ``own`` is a copy of the default theme in a folder, whose templates are filled in that
process too. Chromium and Typst make less of the brief: see ``render_peers``.
"""

from __future__ import annotations

import argparse
import ctypes
import json
import math
import os
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any

from benchmarks import mail, render_peers
from benchmarks.render_peers import Timed
from briefing.model import Article, Brief, BriefStory, Section
from briefing.render import worker
from briefing.render.environment import DEFAULT, packaged
from briefing.render.formats import ARCHIVE, PdfVariant, render
from briefing.render.pdf import PdfRenderer
from tests.briefs import MADE_AT, long_brief, rich_brief, said

Row = dict[str, Any]


def brief_of(pages: int) -> Brief:
    """A brief of about so many printed pages: a third of its stories are leads of four sentences."""
    articles: list[Article] = []
    stories: list[BriefStory] = []
    count = pages * 3 - 1
    for n in range(count):
        town = f"Town {n + 1}"
        sentences = (
            f"The council of {town} passed its budget for {2027 + n} by {30 + n} votes to {11 + n} on Friday.",
            f"Spending on roads rises by {n + 2}% and the library keeps its {n + 3} branches, the mayor said.",
            f"Opponents called the plan of {town} a bet on {n + 4} good years in a row and asked for a count.",
            f"The first payment of {n + 5} million crowns is due in March, the treasurer of {town} said.",
        )
        article = Article.of(
            title=f"Council of {town} votes on budget number {n + 1}",
            text=" ".join(sentences),
            url=f"https://town-{n + 1}.example/budget",
            source=f"The {town} Register",
            published=MADE_AT - timedelta(minutes=n + 1),
            language="en",
        )
        lead = n < count // 3
        articles.append(article)
        stories.append(
            BriefStory(
                headline=said(article, article.title),
                claims=tuple(said(article, s) for s in sentences[: 4 if lead else 1]),
                independent_sources=1,
                sources=(article.source,),
                section=Section.LEAD if lead else Section.IN_BRIEF,
            )
        )
    return replace(long_brief(), articles=tuple(articles), stories=tuple(stories))


def ours(brief: Brief, format: str, theme: str = DEFAULT, variant: PdfVariant = "pdf/ua-1") -> Timed:
    """The document with the seconds of this process and of those that it has render."""
    wall, cpu = time.perf_counter(), _worked()
    content = render(brief, format, theme=theme, variant=variant).content
    return Timed(content, time.perf_counter() - wall, _worked() - cpu)


def _worked() -> float:
    """Seconds that the processor has worked for this process and the workers."""
    return time.process_time() + sum(_clock(pid) for pid in worker.pids())


def _clock(pid: int) -> float:
    clock = ctypes.c_int()
    if ctypes.CDLL(None).clock_getcpuclockid(pid, ctypes.byref(clock)):
        return float("nan")
    return time.clock_gettime(clock.value)


def compared(runs: int, one: Callable[[], Timed], other: Callable[[], Timed]) -> Row:
    """Medians of the seconds of ``one``, and of its ratios to ``other``, with which it takes turns."""
    pairs = [(one(), other()) for _ in range(runs)]
    return {
        "pages": _printed(pairs[0][0].content),
        "seconds": _median([a.wall for a, _ in pairs]),
        "cpu": _median([a.cpu for a, _ in pairs]),
        "direct": _median([b.wall for _, b in pairs]),
        "direct_cpu": _median([b.cpu for _, b in pairs]),
        "ratio": _median([a.wall / b.wall for a, b in pairs]),
        "ratio_cpu": _median([a.cpu / b.cpu for a, b in pairs]),
        "same": all(a.content == b.content for a, b in pairs),
    }


def _printed(content: bytes) -> int:
    from pypdf import PdfReader

    return len(PdfReader(BytesIO(content)).pages)


def _median(numbers: Sequence[float]) -> float:
    return round(statistics.median(numbers), 3)


def pages(brief: Brief, runs: int) -> Row:
    """HTML and mail of a brief: seconds of the clock and of the processor."""
    row: Row = {}
    for format in ("html", "eml"):
        timed = [ours(brief, format) for _ in range(runs + 1)][1:]
        row[format] = {"seconds": _median([t.wall for t in timed]), "cpu": _median([t.cpu for t in timed])}
        row[format]["bytes"] = len(timed[0].content)
    return row


def pdfs(brief: Brief, runs: int, themes: dict[str, str], variants: Sequence[PdfVariant]) -> Row:
    """PDFs of a brief under each theme and of each variant beside WeasyPrint, with the peak memory of both."""
    row: Row = {}
    direct = render_peers.Direct()
    for variant in variants:
        for name, theme in themes.items():
            small, given = (PdfRenderer(variant=variant).given(b, theme) for b in (brief_of(1), brief))
            direct.render(small)
            worker.pdf(small)
            row[f"{variant} {name}"] = compared(
                runs, partial(ours, brief, "pdf", theme, variant), partial(direct.render, given)
            )
    row["peak_mb"] = round(max(render_peers.peak_mb(pid) for pid in worker.pids()))
    row["direct_peak_mb"] = round(render_peers.peak_mb(direct.pid))
    direct.end()
    return row


def startup(runs: int) -> Row:
    """Seconds, of the clock and of the processor, from nothing to the end of a new process's first PDF of one word."""
    small = {"job": "pdf", "given": {"page": "<html lang=en><p>word", "css": "", "more": "", "theme": "none"}}
    wall: list[float] = []
    cpu: list[float] = []
    for _ in range(runs):
        process = worker.Worker()
        start = time.perf_counter()
        process.ask(small, worker.PDF_SECONDS, "a page")
        wall.append(time.perf_counter() - start)
        cpu.append(_clock(process.pid or 0))
        process.end()
    return {"seconds": _median(wall), "cpu": _median(cpu)}


def batch(brief: Brief, runs: int, size: int = 4) -> Row:
    """Seconds of the clock of a batch of PDFs, one after another, and by two threads."""
    rows = []
    with ThreadPoolExecutor(2) as threads:
        for _ in range(runs + 1):
            steps = [time.perf_counter()]
            for _ in range(size):
                render(brief, "pdf")
            steps.append(time.perf_counter())
            list(threads.map(lambda _: render(brief, "pdf"), range(size)))
            steps.append(time.perf_counter())
            rows.append((steps[1] - steps[0], steps[2] - steps[1]))
    alone, together = zip(*rows[1:], strict=True)
    ratio = _median([b / a for a, b in rows[1:]])
    return {"pdfs": size, "one_by_one": _median(alone), "two_threads": _median(together), "ratio": ratio}


def peers(brief: Brief, runs: int) -> Row:
    """Seconds of Typst and of Chromium, or "not measured" where they are not installed."""
    row: Row = {"typst": "not measured", "chromium": "not measured"}
    typst = [t for _ in range(runs) if (t := render_peers.typst(brief))]
    if typst:
        row["typst"] = _told(typst)
    given = PdfRenderer().given(brief)
    with render_peers.chromium() as browser:
        if browser:
            printed = [browser.render(given["page"], given["css"] + given["more"]) for _ in range(runs + 1)]
            row["chromium"] = _told(printed[1:])
    return row


def _told(timed: Sequence[Timed]) -> Row:
    row = {"seconds": _median([t.wall for t in timed]), "cpu": _median([t.cpu for t in timed])}
    return {k: v for k, v in row.items() if not math.isnan(v)} | {"pages": _printed(timed[0].content)}


def mails(count: int) -> Row:
    """Personalised mails on one core."""
    cores = os.sched_getaffinity(0) if hasattr(os, "sched_setaffinity") else None
    if cores:
        os.sched_setaffinity(0, {min(cores)})
    found = {"rich": mail.measured(rich_brief(), count), "long": mail.measured(long_brief(), count)}
    if cores:
        os.sched_setaffinity(0, cores)
    return {name: {k: round(v, 4) for k, v in row.items()} for name, row in found.items()}


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.render", description=__doc__.split("\n")[0])
    parser.add_argument("--pages", default="2,10,100", metavar="COUNTS")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--mails", type=int, default=2000)
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there too")
    options = parser.parse_args(arguments)
    figures: Row = {"runs": options.runs}
    with tempfile.TemporaryDirectory() as folder:
        own = Path(folder, "own")
        shutil.copytree(packaged() / DEFAULT, own)
        # In their order: a process's peak of memory is that of its largest page.
        for count in sorted(int(n) for n in options.pages.split(",")):
            brief = brief_of(count)
            # What a theme and a variant add does not grow with the pages.
            themes = {"default": DEFAULT} if count > 5 else {"default": DEFAULT, "own": str(own)}
            variants: Sequence[PdfVariant] = ("pdf/ua-1",) if count > 5 else ("pdf/ua-1", ARCHIVE)
            figures[f"{count} pages"] = row = pages(brief, options.runs)
            row["pdf"] = pdfs(brief, options.runs, themes, variants)
            row["peers"] = peers(brief, options.runs)
            print(count, "pages:", json.dumps(row, indent=1), flush=True)
    for name, found in (
        ("startup", startup(options.runs)),
        ("batch", batch(brief_of(2), options.runs)),
        ("mails", mails(options.mails)),
    ):
        figures[name] = found
        print(name, json.dumps(found, indent=1), flush=True)
    if options.json:
        options.json.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
