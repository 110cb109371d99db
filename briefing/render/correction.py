"""What a correction says: the sentence as it was, as it should be, and the words that support it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import tzinfo
from typing import NamedTuple

from briefing.model import Brief, Claim
from briefing.render.attribution import publisher, web_address
from briefing.render.labels import Words
from briefing.render.strings import printable
from briefing.render.wrap import wrap


class Changed(NamedTuple):
    """A sentence as it was sent, and as it should be; ``now`` is None where it is taken back."""

    was: Claim
    now: Claim | None


def correction(brief: Brief, changes: Sequence[Changed], zone: tzinfo) -> tuple[str, str]:
    """Subject and plain text of a correction of ``brief``, in its language; ``brief`` holds the sentences as they are
    now."""
    words = Words(brief.language, zone)
    lines = []
    for change in changes:
        lines += [words.say("it_said") + ":", _quoted(change.was.text), ""]
        if change.now is None:
            lines += [words.say("it_is_left_out"), ""]
            continue
        lines += [words.say("it_should_say") + ":", _quoted(change.now.text), ""]
        for citation in change.now.citations:
            article = brief.article(citation.article)
            lines += [_quoted(f"{publisher(article)}: {citation.quote}"), _quoted(web_address(article.url)), ""]
        if not change.now.citations:
            lines += [_quoted(words.say("doubt_uncited")), ""]
    subject = words.say("correction", title=brief.title)
    return " ".join(printable(subject).split()), "\n".join(lines).rstrip("\n") + "\n"


def _quoted(text: str) -> str:
    return wrap(printable(" ".join(text.split())), 4, "    ") if text.strip() else ""
