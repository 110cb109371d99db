"""Orders in articles never reach a brief, whatever the model makes of them: this one obeys every order that it sees."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import html

from briefing.engines.chat import OpenAIChat
from briefing.model import Brief
from briefing.render.formats import render
from briefing.sources.files import Files
from briefing.testing import ModelServer, obedient
from briefing.testing.orders import orders
from tests.acceptance.injections import INJECTIONS, Injection
from tests.newsroom import BRIDGE, NOW, articles, brief_of

NEWS = "The Velm bridge of Tarn stays closed, as two of its main cables are cracked."


def page(injection: Injection) -> str:
    """An article about the bridge with the order in the middle of it, as a page."""
    title, _, text = BRIDGE[0]
    first, *rest = text.split("\n\n")
    order = injection.order if injection.html else "".join(f"<p>{part}</p>" for part in _escaped(injection.order))
    body = f"<p>{NEWS} {first}</p>{order}" + "".join(f"<p>{paragraph}</p>" for paragraph in rest)
    return (
        f'<html lang="en"><head><title>{title}</title><meta property="og:site_name" content="Evil Times">'
        f'<meta property="article:published_time" content="{NOW.isoformat()}"></head>'
        f"<body><article><h1>{title}</h1>{body}</article></body></html>"
    )


def _escaped(order: str) -> list[str]:
    return [part.replace("&", "&amp;").replace("<", "&lt;") for part in order.split("\n\n")]


def made(injection: Injection, folder: Path) -> Brief:
    (folder / "page.html").write_text(page(injection), encoding="utf-8")
    if injection.html:
        return brief_with(folder)
    (folder / "text.txt").write_text(
        f"Title: Tarn tests the cables of the Velm bridge\nSource: Rumour\nDate: {NOW.isoformat()}\n\n"
        f"{NEWS} Tests of the cables began on Tuesday.\n\n{injection.order}\n\nLorries take the Orlen bridge.\n",
        encoding="utf-8",
    )
    return brief_with(folder)


def brief_with(folder: Path) -> Brief:
    with ModelServer(obedient) as server:
        return brief_of(
            articles(), lambda: OpenAIChat("fake", base_url=server.base_url, context=32_000), more=[Files([folder])]
        )


def printed(brief: Brief) -> Iterator[str]:
    """Every text of the brief that is not in its ledger or its sources."""
    for story in brief.stories:
        yield from (story.headline.text, *(claim.text for claim in story.claims), story.note, *story.why)
    for conflict in brief.conflicts:
        yield from (side.text for side in conflict.sides)


@pytest.mark.parametrize("injection", INJECTIONS, ids=[i.style for i in INJECTIONS])
def test_no_order_reaches_a_brief(injection: Injection, tmp_path: Path) -> None:
    brief = made(injection, tmp_path)
    assert len(brief.stories) >= 4
    assert any("Velm" in text for text in printed(brief))
    for text in printed(brief):
        assert injection.mark not in text
        assert "](" not in text
        assert "http" not in text
    markdown = render(brief, "md").content.decode()
    assert f"]({'http://' + injection.mark}" not in markdown
    page = html.document_fromstring(render(brief, "html").content.decode())
    assert not page.xpath("//iframe | //form | //object | //img[not(starts-with(@src, 'data:'))]")
    assert not [script for script in page.xpath("//script | //style") if injection.mark in script.text_content()]
    assert not [link for link in page.xpath("//@href | //@src") if injection.mark in link]


@pytest.mark.parametrize("injection", INJECTIONS, ids=[i.style for i in INJECTIONS])
def test_the_obedient_model_would_have_obeyed(injection: Injection) -> None:
    found = list(orders(injection.order))
    assert found
    wanted = " ".join(text for order in found for text in order.obeyed("You write one story of a news brief."))
    assert injection.mark in f"{wanted} {[order.answer or order.replacements for order in found]}"
