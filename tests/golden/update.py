"""Makes ``samples/expected/`` anew (``make samples``). Read the difference as prose before committing it."""

from __future__ import annotations

from pathlib import Path

from briefing import config, wiring

ROOT = Path(__file__).parent.parent.parent
EXPECTED = ROOT / "samples" / "expected"
# A PDF's bytes depend on the machine's fonts; its words are those of the page, which another test compares.
FORMATS = ("html", "md", "txt", "json")


def documents() -> dict[str, bytes]:
    """The brief of the samples as ``make demo`` makes it, by file name; the working folder is the project's."""
    settings = config.load("samples/briefing.toml", paths=("samples/articles",), formats=FORMATS)
    made, problems = wiring.documents(wiring.make(settings), settings)
    assert not problems
    return {document.name: document.content for document in made}


if __name__ == "__main__":
    EXPECTED.mkdir(exist_ok=True)
    for name, content in documents().items():
        (EXPECTED / name).write_bytes(content)
