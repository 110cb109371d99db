"""PDF files with a text layer, by pypdf."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator

from briefing.errors import SourceError
from briefing.sources import failures
from briefing.sources.raw import Flaw, Raw

_PAGES = 500


def read(data: bytes) -> Iterator[Raw | Flaw]:
    """The one article of a PDF, page furniture left out and lines joined to paragraphs."""
    from pypdf import PdfReader

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = PdfReader(io.BytesIO(data), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            raise SourceError(failures.ENCRYPTED, "opens only with a password; save a copy without one")
        if len(reader.pages) > _PAGES:
            raise SourceError(failures.TOO_LARGE, f"{len(reader.pages)} pages, over the limit of {_PAGES}; split it")
        pages = [page.extract_text() for page in reader.pages]
        about = reader.metadata
        title, author = (about.title or "", about.author or "") if about else ("", "")
        created = about.creation_date if about else None
    except SourceError:
        raise
    except Exception as error:  # broken files raise whatever the object at hand lacks
        raise SourceError(failures.DAMAGED, f"is not a readable PDF: {type(error).__name__}") from error
    text = "\n\n".join(pages)
    if not text.strip():
        raise SourceError(failures.EMPTY, "holds pictures of text only; run it through OCR first")
    yield Raw(text=text, title=str(title), author=str(author), published=created.isoformat() if created else "")
