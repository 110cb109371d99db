"""Addresses that lead to a passage: an article's own, with a text fragment where that can be said."""

from __future__ import annotations

from urllib.parse import quote

# Words at each end of a passage that name it. A fragment of all its words fails at the first that the page has in
# another form, and makes a mail twice as long.
ENDS = 4
# In scripts without spaces a word may be a whole sentence.
LONGEST_END = 24


def passage_link(url: str, passage: str) -> str:
    """``url`` with a text fragment (WICG Scroll To Text Fragment) of the first and last words of ``passage``.

    Empty where ``url`` is. A browser that finds the words scrolls to them, any other shows the top of the page.
    """
    if not url or not (words := passage.split()):
        return url
    if len(words) <= 2 * ENDS and len(passage) <= 2 * LONGEST_END:
        text = _encoded(" ".join(words))
    else:
        first, last = " ".join(words[:ENDS]), " ".join(words[-ENDS:])
        text = f"{_encoded(first[:LONGEST_END] if len(words) < ENDS else first)}," + _encoded(
            last[-LONGEST_END:] if len(words) < ENDS else last
        )
    return f"{url}{'' if '#' in url else '#'}:~:text={text}"


def _encoded(words: str) -> str:
    """``words`` for a fragment, in which a hyphen and a comma have a meaning of their own."""
    return quote(words, safe="").replace("-", "%2D")
