"""Files written, and the table at the end."""

from __future__ import annotations

import json
import os
import tempfile
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from briefing.cli import many, one_line
from briefing.errors import RenderError
from briefing.model import Brief, Cost, Document

if TYPE_CHECKING:
    from briefing.wiring import Estimate


def prepare(folder: Path, stats: Path | None = None) -> None:
    """Makes the folder, before the long work. Raises ``RenderError`` where nothing could be written later."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except FileExistsError as e:
        raise RenderError(f"{folder}: is a file; name a folder with --out") from e
    except OSError as e:
        raise RenderError(f"{folder}: cannot be written: {e.strerror}; name another folder with --out") from e
    if stats and not stats.parent.is_dir():
        raise RenderError(f"{stats}: there is no folder {stats.parent}; name another file with --stats")


def write(documents: Sequence[Document], folder: Path) -> list[Path]:
    """Writes each document whole or not at all. Raises ``RenderError`` where the folder cannot be written."""
    try:
        return [_write(document, folder) for document in documents]
    except OSError as e:
        raise RenderError(f"{folder}: cannot be written: {e.strerror}; name another folder with --out") from e


def _write(document: Document, folder: Path) -> Path:
    path = folder / document.name
    handle, temporary = tempfile.mkstemp(dir=folder, prefix=f".{document.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(document.content)
        # mkstemp makes a file for its owner alone; a brief is as readable as any other file of this user.
        os.chmod(temporary, 0o666 & ~_umask())
        os.replace(temporary, path)
    except BaseException:
        os.unlink(temporary)
        raise
    return path


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def stats(brief: Brief, seconds: Mapping[str, float], path: Path) -> None:
    """Stage times in seconds and counts, as JSON."""
    content = {"stages": dict(seconds), "articles": brief.counts.articles, "stories": len(brief.stories)}
    path.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")


def report(brief: Brief, files: Sequence[Path], seconds: float) -> None:
    """Prints what was made and what was left out: a table on a terminal, else a line for each row."""
    # Imported here: a quiet run must not wait for Rich.
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    reasons = Counter(d.reason.value for d in brief.dropped)
    left_out = ", ".join(f"{n} {reason}" for reason, n in reasons.most_common())
    counts, failed = brief.counts, len(brief.failures)
    rows = [
        ("articles", f"{counts.articles} read, {many(counts.originals, 'independent text')}"),
        ("stories", str(len(brief.stories))),
        ("sentences", str(sum(len(story.claims) for story in brief.stories))),
        ("citations", str(len(brief.references))),
        ("left out", f"{many(reasons.total(), 'passage')}: {left_out}" if reasons else "nothing"),
        *([("models", _used(brief.cost))] if brief.cost.calls or brief.cost.saved else []),
        *([("failed", f"{many(failed, 'input')}, named above")] if failed else []),
        ("seconds", f"{seconds:.1f}"),
        *(("files" if index == 0 else "", str(file)) for index, file in enumerate(files)),
    ]
    console = Console(highlight=False)
    if console.is_terminal:
        table = Table(show_header=False)
        for row in rows:
            # Text, since a file's name may look like markup.
            table.add_row(*(Text(one_line(cell)) for cell in row))
        console.print(table)
    else:
        for name, value in rows:
            click.echo(f"{name:10} {one_line(value)}")


def estimate(found: Estimate) -> None:
    """Prints what the models would cost."""
    cost = found.cost
    price = "not known; set price_in and price_out in [engine]" if cost.price is None else f"${cost.price:.4f}"
    rows = (
        ("stories", f"{found.stories:,}"),
        ("calls", f"{cost.calls:,}, repairs not foreseen"),
        ("tokens", f"{cost.tokens_in:,} in, about {cost.tokens_out:,} out"),
        ("price", price),
    )
    for name, value in rows:
        click.echo(f"{name:10} {value}")


def name_failures(brief: Brief) -> None:
    """Names each input that could not be read, on standard error."""
    for failure in brief.failures:
        click.echo(f"briefing: {one_line(f'{failure.where}: {failure.reason}: {failure.detail}')}", err=True)


def name_notes(brief: Brief) -> None:
    """Names what went otherwise than asked for, once for each reason, on standard error."""
    for note, number in Counter(story.note for story in brief.stories if story.note).items():
        click.echo(f"briefing: {many(number, 'story', 'stories')}: {one_line(note)}", err=True)


def _used(cost: Cost) -> str:
    price = "price not known" if cost.price is None else f"${cost.price:.4f}"
    kept = f", {many(cost.saved, 'answer')} kept from earlier" if cost.saved else ""
    return f"{many(cost.calls, 'call')}{kept}, {cost.tokens_in:,} tokens in, {cost.tokens_out:,} out, {price}"
