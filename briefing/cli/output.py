"""Files written, and the table at the end."""

from __future__ import annotations

import json
import os
import tempfile
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from briefing.errors import RenderError
from briefing.model import Brief, Document


def write(documents: Sequence[Document], folder: Path) -> list[Path]:
    """Writes each document whole or not at all. Raises ``RenderError`` where the folder cannot be written."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return [_write(document, folder) for document in documents]
    except FileExistsError as e:
        raise RenderError(f"{folder}: is a file; name a folder with --out") from e
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
    """Prints what was made and what was left out."""
    table = Table(show_header=False, box=None, pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    claims = [claim for story in brief.stories for claim in story.claims]
    counts = brief.counts
    table.add_row("articles", f"{counts.articles} read, {counts.originals} independent texts")
    table.add_row("stories", str(len(brief.stories)))
    table.add_row("sentences", str(len(claims)))
    table.add_row("citations", str(len(brief.references)))
    reasons = Counter(d.reason.value for d in brief.dropped)
    left_out = ", ".join(f"{n} {reason}" for reason, n in reasons.most_common())
    table.add_row("left out", f"{reasons.total()}: {left_out}" if reasons else "nothing")
    if brief.failures:
        table.add_row("failed", f"{len(brief.failures)} inputs, named above")
    table.add_row("seconds", f"{seconds:.1f}")
    for index, file in enumerate(files):
        table.add_row("files" if index == 0 else "", str(file))
    console = Console(soft_wrap=not Console().is_terminal, highlight=False)
    console.print(table)


def name_failures(brief: Brief) -> None:
    """Names each input that could not be read, on standard error."""
    for failure in brief.failures:
        click.echo(f"briefing: {failure.where}: {failure.reason}: {failure.detail}", err=True)
