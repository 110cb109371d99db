"""Who said it, and where: what a page may say of an article's publisher and link to."""

from __future__ import annotations

from pathlib import PurePath
from urllib.parse import quote, urlsplit

from briefing.model import Article

UNNAMED = "Unnamed publisher"


def publisher(article: Article, unnamed: str = UNNAMED) -> str:
    """Who published an article, or what is known in place of it: the site that it is from, the file that it was."""
    return article.source or urlsplit(web_address(article.url)).hostname or PurePath(article.origin).name or unnamed


def web_address(url: str) -> str:
    """``url`` in ASCII where it leads to the web, else nothing: a page links to no ``javascript:`` and no file."""
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https") or not parts.netloc:
        return ""
    return quote(parts.geturl(), safe="%/:?#[]@!$&'()*+,;=~-._")
