"""Saved web pages and pieces of HTML."""

from __future__ import annotations

import pytest
from lxml import html as lxml_html

from briefing.errors import SourceError
from briefing.sources import page
from briefing.sources.head import head_of
from briefing.sources.markup import text_of
from briefing.sources.raw import Raw

WORDS = (
    "The harbour office said on Tuesday that the ferry between Alder and Finmouth would run again in June.",
    "Repairs to the pier, damaged in the January storm, have cost about 4.2 million crowns so far, it said.",
    "Shopkeepers on the island had complained that the replacement bus was late on most mornings of the week.",
)


def paged(body: str, head: str = "") -> bytes:
    return f"<!DOCTYPE html><html lang='en'><head>{head}</head><body>{body}</body></html>".encode()


def article(inside: str = "") -> str:
    return f"<article><h1>Ferry to run again</h1>{''.join(f'<p>{w}</p>' for w in WORDS)}{inside}</article>"


def read(data: bytes) -> Raw:
    (found,) = page.read(data)
    assert isinstance(found, Raw)
    return found


def test_the_article_comes_without_the_page_and_in_paragraphs() -> None:
    found = read(
        paged(
            "<nav><a href=/>Home</a> <a href=/s>Sport</a></nav>"
            + article()
            + "<footer>© Harbour Post. All rights reserved.</footer>"
        )
    )
    assert found.text.split("\n\n") == list(WORDS)
    assert found.title == "Ferry to run again"
    assert found.language == "en"


@pytest.mark.parametrize(
    "hidden",
    [
        "<p style='display:none'>SECRET words that nobody sees on this page</p>",
        "<p style='color:red; visibility : hidden'>SECRET words that nobody sees on this page</p>",
        "<p style='position:absolute;left:-9999px'>SECRET words that nobody sees on this page</p>",
        "<p style='height:0;overflow:hidden'>SECRET words that nobody sees on this page</p>",
        "<p style='margin:0; opacity: 0'>SECRET words that nobody sees on this page</p>",
        "<p style='font-size:0'>SECRET words that nobody sees on this page</p>",
        "<p hidden>SECRET words that nobody sees on this page</p>",
        "<p class='x veil'>SECRET words that nobody sees on this page</p>",
        "<div id='veil2'><p>SECRET words that nobody sees on this page</p></div>",
        "<!-- SECRET words in a comment -->",
        "<script>var a = 'SECRET words in a script';</script>",
        "<noscript><p>SECRET words for those without scripts</p></noscript>",
        "<template><p>SECRET words of a template</p></template>",
        "<style>.a { content: 'SECRET' }</style>",
    ],
)
def test_what_is_not_seen_is_not_read(hidden: str) -> None:
    style = "<style>/* a */ .veil { display: none } div#veil2 { visibility: hidden }</style>"
    found = read(paged(article(hidden), style))
    assert "SECRET" not in found.text
    assert found.text.split("\n\n") == list(WORDS)
    assert "SECRET" not in text_of(article(hidden.replace("class='x veil'", "hidden").replace("id='veil2'", "hidden")))


@pytest.mark.parametrize(
    "style",
    ["min-width:0;", "border-width:0", "line-height: 0;", "margin-left:-100px", "opacity:0.9", "font-size:0.9em"],
)
def test_styles_that_hide_nothing(style: str) -> None:
    assert text_of(f"<p>One.</p><p style='{style}'>Two.</p>") == "One.\n\nTwo."


def test_a_rule_that_hides_most_of_the_page_is_for_its_scripts() -> None:
    found = read(paged(f"<div class=wait>{article()}</div>", "<style>.wait { display: none }</style>"))
    assert found.text.split("\n\n") == list(WORDS)


def test_rules_for_some_screens_only_hide_nothing() -> None:
    style = "<style>@media print { .aside { display: none } .aside { display: none } }</style>"
    inside = f"<p class=aside>{WORDS[0].replace('ferry', 'tram')}</p>"
    assert "tram" in read(paged(article(inside), style)).text


def test_what_a_page_declares() -> None:
    head = """<title>Ferry to run again - Harbour Post</title>
    <meta property="og:site_name" content="Harbour Post">
    <meta property="og:title" content="Ferry to run again | Harbour Post">
    <meta name="author" content="By Ada Brook"><meta property="article:published_time" content="2026-03-04T05:06:07Z">
    <link rel="canonical" href="https://harbour-post.example/ferry">"""
    found = read(paged(article(), head))
    assert found.title == "Ferry to run again"
    assert (found.source, found.author) == ("Harbour Post", "Ada Brook")
    assert found.published == "2026-03-04T05:06:07Z"
    assert found.url == "https://harbour-post.example/ferry"


def test_linked_data_is_a_declaration() -> None:
    head = """<script type="application/ld+json">{"@graph": [{"@type": "WebSite", "name": "No"},
    {"@type": ["NewsArticle"], "headline": "Ferry to run again", "datePublished": "2026-03-04",
    "author": [{"name": "Ada Brook"}, {"name": "Tom Vale"}],
    "publisher": {"name": "Harbour Post"}}]}</script>"""
    found = head_of(lxml_html.fromstring(paged("<h1>a</h1><h1>b</h1>", head).decode()))
    assert found.title == "Ferry to run again"
    assert (found.source, found.author, found.published) == ("Harbour Post", "Ada Brook, Tom Vale", "2026-03-04")


@pytest.mark.parametrize(
    "data", ["{", "[[]]", "null", '{"@type": 3}', "[" * 5000, '{"@type": "NewsArticle", "author": 7}']
)
def test_broken_linked_data_is_passed_over(data: str) -> None:
    head = f"<script type='application/ld+json'>{data}</script><meta property='og:site_name' content='Harbour Post'>"
    assert head_of(lxml_html.fromstring(paged("<p>a</p>", head).decode())).source == "Harbour Post"


def test_a_date_in_the_text_or_a_placeholder_is_no_declaration() -> None:
    assert read(paged(article("<p>It was written on 4 March 2026 by us.</p>"))).published == ""
    head = "<meta name=date content='0001-01-01'><meta name=pubdate content='2026-03-04'>"
    assert read(paged(article(), head)).published == "2026-03-04"


@pytest.mark.parametrize("encoding", ["utf-8", "windows-1252", "iso-8859-1", "utf-16"])
def test_the_declared_encoding_is_read_first(encoding: str) -> None:
    body = article("<p>Über den Fährverkehr entscheidet die Bürgerschaft in der nächsten Woche, heißt es.</p>")
    html = paged(body, f"<meta charset={encoding}>").decode()
    assert "Über den Fährverkehr" in read(html.encode(encoding)).text


def test_a_page_without_an_article_is_read_whole_and_told() -> None:
    found = read(b"<html><body><div>Closed today.</div></body></html>")
    assert "Closed today." in found.text


@pytest.mark.parametrize(
    "html", ["<html><body></body></html>", "<html><script>x</script></html>", "<p hidden>x</p>", "<!--"]
)
def test_a_page_without_words_is_empty(html: str) -> None:
    with pytest.raises(SourceError) as refused:
        list(page.read(html.encode()))
    assert refused.value.reason in ("empty", "damaged")


def test_fragments_become_paragraphs() -> None:
    html = "<h2>More</h2><p>One <b>bold</b>&nbsp;word.<p>Two<br>lines.</p><ul><li>a</li><li>b</li></ul>"
    html += "<figure><figcaption>c</figcaption></figure>tail"
    assert text_of(html) == "More\n\nOne bold\u00a0word.\n\nTwo\nlines.\n\na\n\nb\n\ntail"
    assert text_of("no tags &amp; one entity") == "no tags & one entity"
    assert text_of("plain words") == "plain words"


def test_deep_nesting_does_not_break_a_fragment() -> None:
    assert isinstance(text_of("<div>" * 50_000 + "x"), str)
