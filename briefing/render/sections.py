"""What is left of a context when a theme leaves sections out: no link may lead to a call that is not printed."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from briefing.render.context import Context

# Sections whose sentences call sources.
_CALLING = ("bottom_line", "lead", "in_brief")


def shown(context: Context, sections: Collection[str]) -> Context:
    """``context`` without the sentences of sections that are not among ``sections``.

    Sources keep their numbers; those that nothing calls any more stand in no group.
    """
    hidden = [name for name in _CALLING if name not in sections and context.get(name)]
    if not hidden:
        return context
    kept = context | {name: [] for name in hidden}
    ids = {ref["id"] for name in _CALLING for ref in _refs(kept[name])}
    sources = [s | {"calls": [call for call in s["calls"] if call in ids]} for s in kept["sources"]]
    called = {s["number"]: s for s in sources if s["calls"]}
    groups = [[called[s["number"]] for s in group if s["number"] in called] for group in kept["source_groups"]]
    return kept | {"sources": sources, "source_groups": [group for group in groups if group]}


def _refs(value: Any) -> Iterator[dict[str, Any]]:
    """The calls of all sentences in a part of the context."""
    if isinstance(value, dict):
        yield from value.get("refs", ())
        for part in value.values():
            yield from _refs(part)
    elif isinstance(value, list):
        for part in value:
            yield from _refs(part)
