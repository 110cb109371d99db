"""The page's own words: every catalogue is whole, every word of a template comes from one, in both directions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from jinja2 import nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from briefing.model import BY_HAND, QUOTED, UNJUDGED, Brief, Cost, Finding, Reason, Role, Status, Verdict
from briefing.render.catalogue import FOLDER, LANGUAGES, catalogue, fill, fill_on_page, locale, page_language
from briefing.render.context import context
from briefing.render.environment import packaged
from briefing.render.formats import render
from briefing.render.labels import Words
from briefing.render.method import NOTES
from briefing.sources import failures
from tests.briefs import ARABIC, JAPANESE, empty_brief, foreign_brief, rich_brief

OTHERS = [language for language in LANGUAGES if language != "en"]
TEMPLATES = sorted(p for p in packaged().glob("*/*") if p.suffix in (".html", ".md", ".txt"))
CODE = sorted(FOLDER.parent.glob("*.py"))


def _placeholders(text: str) -> set[str]:
    return set(re.findall(r"\{(\w+)\}", text))


def test_there_are_six_languages() -> None:
    assert LANGUAGES == ("ar", "de", "en", "es", "fr", "ja")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_catalogue_has_every_key_placeholder_and_plural_form(language: str) -> None:
    english, own = catalogue("en"), catalogue(language)
    assert set(own) == set(english)
    for key, label in own.items():
        reference = english[key]
        assert isinstance(label, str) == isinstance(reference, str), key
        if isinstance(label, str):
            assert isinstance(reference, str)
            assert label.strip(), key
            assert _placeholders(label) == _placeholders(reference), key
        else:
            assert not isinstance(reference, str)
            assert set(label) == {*locale(language).plural_form.tags, "other"}, key
            # Forms for one number may say it in a word, "zero" may say something else altogether.
            wanted = _placeholders(reference["other"])
            assert all(_placeholders(form) <= wanted for form in label.values()), key
            spelt = {"zero", "one", "two"}
            assert all(wanted - _placeholders(text) <= {"number"} for form, text in label.items() if form != "zero"), (
                key
            )
            assert all(_placeholders(text) >= wanted for form, text in label.items() if form not in spelt), key


def test_no_label_is_hidden_by_a_method_of_dicts() -> None:
    assert not set(catalogue("en")) & set(dir(dict))


def test_every_label_is_used_and_every_label_used_exists() -> None:
    templates = "\n".join(path.read_text("utf-8") for path in TEMPLATES)
    code = "\n".join(path.read_text("utf-8") for path in CODE)
    used = set(re.findall(r"\blabels\.(\w+)", templates))
    assert used <= set(catalogue("en"))
    used |= set(re.findall(r'"([a-z_]+)"', code))
    families = ("role_", "check_", "dropped_", "failure_")
    assert {key for key in catalogue("en") if not key.startswith(families)} <= used


def test_whatever_may_stand_on_a_page_has_a_name() -> None:
    labels = catalogue("en")
    for reason in Reason:
        assert labels[f"dropped_{reason.name.lower()}"] == reason.value[0].upper() + reason.value[1:]
    for role in set(Role) - {Role.HAPPENED}:
        assert labels[f"role_{role.name.lower()}"] == role.value[0].upper() + role.value[1:]
    for failure in failures.REASONS:
        assert labels[f"failure_{failure.replace(' ', '_')}"] == failure
    assert {what: labels[key] for what, key in NOTES.items()} == {what: what for what in (QUOTED, UNJUDGED, BY_HAND)}


def test_french_marks_do_not_stand_at_the_start_of_a_line() -> None:
    for key, label in catalogue("fr").items():
        for text in [label] if isinstance(label, str) else label.values():
            assert not re.search(r" [:;?!»]|« |\w[;?!]", text), key
            assert not re.search(r"\w:|'", text), key


def test_the_page_has_the_language_of_the_brief_where_there_is_a_catalogue() -> None:
    told = {"de": "de", "de-CH": "de-CH", "DE_at": "de-AT", "en-US": "en-US", "de-XX": "de", "ar-EG": "ar-EG"}
    assert {tag: page_language(tag) for tag in told} == told
    for unknown in ("", "pt", "zh-Hant", 'de" onload="x', "../de"):
        assert page_language(unknown) == "en"


def test_plural_forms_are_those_of_the_language() -> None:
    def read(language: str, number: int) -> str:
        return fill(catalogue(language)["articles_read"], language, number=number)

    assert [read("en", n) for n in (0, 1, 2)] == ["0 articles read", "1 article read", "2 articles read"]
    assert [read("fr", n) for n in (0, 1, 2)] == ["0 article lu", "1 article lu", "2 articles lus"]
    arabic = ["لم يُقرأ أي مقال", "قُرئ مقال واحد", "قُرئ مقالان", "قُرئت 3 مقالات", "قُرئ 11 مقالًا", "قُرئ 100 مقال"]
    assert [read("ar", n) for n in (0, 1, 2, 3, 11, 100)] == arabic
    assert read("de", 1240) == "1.240 Artikel gelesen"
    assert read("de-CH", 1240) == "1’240 Artikel gelesen"
    assert read("ar-EG", 1240) == "قُرئ 1,240 مقالًا"


def test_a_label_without_its_values_is_an_error_that_names_them() -> None:
    with pytest.raises(ValueError, match=r"\{publisher\}"):
        fill("Read at {publisher}", "en", name="x")
    with pytest.raises(ValueError, match="depends on a number"):
        fill(catalogue("en")["articles_read"], "en")


def test_values_are_neither_templates_nor_formats() -> None:
    assert fill("Read at {publisher}", "en", publisher="{publisher.__class__} {{ 7 }}") == (
        "Read at {publisher.__class__} {{ 7 }}"
    )


@pytest.mark.parametrize(
    ("language", "date", "source", "period"),
    [
        ("en", "Sunday, 22 November 2026", "21 November 2026, 17:40 UTC", "from 20 Nov 2026, 06:00 UTC to"),
        ("en-US", "Sunday, November 22, 2026", "November 21, 2026, 17:40 UTC", "from Nov 20, 2026, 06:00 UTC to"),
        ("de", "Sonntag, 22. November 2026", "21. November 2026, 17:40 UTC", "vom 20. Nov. 2026, 06:00 UTC bis"),
        ("fr", "dimanche 22 novembre 2026", "21 novembre 2026, 17:40 UTC", "du 20 nov. 2026, 06:00 UTC au"),
        (
            "es",
            "domingo, 22 de noviembre de 2026",
            "21 de noviembre de 2026, 17:40 UTC",
            "del 20 nov 2026, 6:00 UTC al",
        ),
        ("ar", "الأحد، 22 نوفمبر 2026", "21 نوفمبر 2026، 17:40 UTC", "من 20 نوفمبر 2026، 06:00 UTC إلى"),
        ("ja", "2026年11月22日日曜日", "2026年11月21日 17:40 UTC", "2026年11月20日 6:00 UTCから"),
    ],
)
def test_dates_are_written_as_the_language_writes_them(language: str, date: str, source: str, period: str) -> None:
    page = context(replace(rich_brief(), language=language), UTC)
    assert page["masthead"]["date"] == date
    assert page["sources"][0]["date"] == source
    assert page["masthead"]["period"].startswith(period)


def test_a_zone_without_a_name_is_called_by_its_distance() -> None:
    noon = datetime(2026, 11, 22, 12, tzinfo=UTC)
    assert Words("en", timezone(timedelta(hours=3))).clock(noon) == "15:00 UTC+03:00"
    assert Words("en", timezone(timedelta(hours=3), "+03")).clock(noon) == "15:00 UTC+03"


def _filled(template: str, language: str, html: bool, **values: object) -> str:
    environment = ImmutableSandboxedEnvironment(autoescape=html)
    environment.filters["fill"] = fill_on_page
    words = Words(language, UTC)
    page = {"language": words.language, "direction": words.direction}
    return environment.from_string(template).render(page=page, labels=dict(words.labels), **values)


def test_what_runs_against_the_page_is_isolated() -> None:
    template = "{{ labels.read_at | fill(publisher=name) }}"
    assert _filled(template, "en", True, name="A & B") == "Read at A &amp; B"
    assert _filled(template, "en", True, name="صحيفة") == "Read at <bdi>صحيفة</bdi>"
    assert _filled(template, "ar", True, name="<b>") == "اقرأ في <bdi>&lt;b&gt;</bdi>"
    assert _filled(template, "ar", False, name="Northwire") == "اقرأ في \u2068Northwire\u2069"
    assert _filled(template, "ar", False, name="صحيفة") == "اقرأ في صحيفة"
    assert _filled(template, "ar", True, name=Markup("<i>Northwire</i>")) == "اقرأ في <i>Northwire</i>"
    attribute = '<a title="{{ labels.read_at | fill(publisher=name) | striptags }}">'
    assert _filled(attribute, "ar", True, name='N" x="') == '<a title="اقرأ في N&#34; x=&#34;">'


def test_lists_have_the_commas_of_the_language_and_are_isolated_one_by_one() -> None:
    template = "{{ labels.copies | fill(names=names) }}"
    assert _filled(template, "en", True, names=["A&B", "C"]) == "copies in A&amp;B, C"
    assert _filled(template, "ar", True, names=["A", "س"]) == "نقلته <bdi>A</bdi>، س"
    assert _filled(template, "ja", False, names=["川日報", "C"]) == "転載：川日報、C"


def test_what_is_put_together_twice_is_isolated_once() -> None:
    template = "{{ labels.aside | fill(text=labels.read_at | fill(publisher=name)) }}"
    assert _filled(template, "ar", False, name="N") == "(اقرأ في \u2068N\u2069)"
    assert _filled(template, "ar", True, name="N") == "(اقرأ في <bdi>N</bdi>)"


def _spoken(node: nodes.Node) -> Iterator[str]:
    """The literal texts that an expression may print; not names of files, what is compared or looked up."""
    match node:
        case nodes.Const(value=str(text)):
            yield text
        case nodes.Compare() | nodes.Test():
            return
        case nodes.CondExpr():
            yield from _spoken(node.expr1)
            if node.expr2 is not None:
                yield from _spoken(node.expr2)
        case nodes.Getitem() | nodes.Getattr():
            yield from _spoken(node.node)
        case nodes.Filter(name="default" | "join" | "fill"):
            for child in node.iter_child_nodes():
                yield from _spoken(child)
        case nodes.Filter():
            if node.node is not None:
                yield from _spoken(node.node)
        case _:
            for child in node.iter_child_nodes():
                yield from _spoken(child)


class _Seen(HTMLParser):
    """What a reader sees or hears of a template's markup: text, and attributes that are read out."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.hidden += tag in ("style", "script")
        self.texts += [v or "" for k, v in attrs if k in ("aria-label", "title", "alt", "data-title", "placeholder")]

    def handle_endtag(self, tag: str) -> None:
        self.hidden -= tag in ("style", "script")

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.texts.append(data)


@pytest.mark.parametrize("path", TEMPLATES, ids=[f"{p.parent.name}/{p.name}" for p in TEMPLATES])
def test_a_template_says_nothing_in_words_of_its_own(path: Path) -> None:
    environment = ImmutableSandboxedEnvironment()
    environment.filters |= {"fill": fill_on_page, "wrap": str}
    tree = environment.parse(path.read_text("utf-8"))
    outputs = [child for output in tree.find_all(nodes.Output) for child in output.nodes]
    said = [text for out in outputs if not isinstance(out, nodes.TemplateData) for text in _spoken(out)]
    said += [text for assign in tree.find_all(nodes.Assign) for text in _spoken(assign.node)]
    # A hole where an expression stood keeps a tag whole.
    markup = "".join(out.data if isinstance(out, nodes.TemplateData) else "0" for out in outputs)
    if path.suffix == ".html":
        seen = _Seen()
        seen.feed(markup)
        markup = " ".join(seen.texts)
    else:
        markup = re.sub(r"</?b>", "", markup)
    # Macros write attributes and classes apart from their elements.
    said.append(re.sub(r"\b[a-z-]+=\"0\"|\bopposite\b|brief\.json", "", markup))
    # In an expression, a word alone is a key (“screen”, “text”); two are a phrase.
    assert not [
        text for text in said[:-1] if re.search(r"[^\W\d_]{2,}[^<>]*\s[^<>]*[^\W\d_]{2,}|^\s*[A-Z][a-z]{2,}", text)
    ]
    assert not re.findall(r"[^\W\d_]{2,}", said[-1])


class _Text(HTMLParser):
    """The text of a page and its spoken attributes, without what is marked as of another language."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self.language = language
        self.open: list[tuple[str, bool]] = []
        self.texts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        outer = self.open[-1][1] if self.open else True
        own = given["lang"] == self.language if "lang" in given else outer
        if own and "aria-label" in given:
            self.texts.append(given["aria-label"] or "")
        if tag not in ("meta", "br", "link"):
            self.open.append((tag, own and tag not in ("style", "script")))

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1][1]:
            self.texts.append(data)


def _full_brief(language: str) -> Brief:
    """The rich brief with whatever a page may have to say."""
    brief = rich_brief()
    story, second, *rest = brief.stories
    doubtful = Verdict(Status.UNSUPPORTED, (Finding(0, "name", Status.UNSUPPORTED, "the cited words do not name it"),))
    claims = (
        *(replace(claim, role=role) for claim, role in zip(story.claims, (Role.MATTERS, Role.NUMBERS), strict=False)),
        replace(story.claims[2], verdict=None, role=Role.NEXT),
        replace(story.claims[3], verdict=doubtful, role=Role.NEXT),
    )
    stories = (
        replace(story, claims=claims, note=f"{QUOTED}: the budget is spent"),
        replace(second, note=f"{UNJUDGED}: no answer", sources=()),
        *rest,
    )
    return replace(brief, language=language, stories=stories, cost=Cost(calls=23, price=0.42, saved=2))


def _fixed(text: str) -> list[str]:
    """The phrases of a label between its placeholders; single words may stand in a title."""
    return [piece.strip() for piece in re.split(r"\{\w+\}", text) if re.search(r"\w\s+\w", piece)]


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("make", [_full_brief, lambda language: replace(empty_brief(), language=language)])
def test_nothing_of_the_page_itself_is_left_in_english(language: str, make: Any) -> None:
    seen = _Text(language)
    seen.feed(render(make(language), "html").content.decode())
    page = " ".join(" ".join(seen.texts).split())
    own = catalogue(language)
    for key, label in catalogue("en").items():
        for text in [label] if isinstance(label, str) else label.values():
            for piece in _fixed(text):
                mine = own[key]
                if piece in (mine if isinstance(mine, str) else " ".join(mine.values())):
                    continue
                assert piece not in page, key


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("format", ["html", "md", "txt"])
def test_every_format_fills_every_label(language: str, format: str) -> None:
    text = render(_full_brief(language), format).content.decode()
    text = re.sub(r"<(style|script)>.*?</\1>", "", text, flags=re.DOTALL)
    assert not re.search(r"\\?\{\w+\\?\}", text)
    for key in ("bottom_line", "in_brief", "sources", "left_out", "failures", "method"):
        label = str(catalogue(language)[key])
        assert (label.upper() if format == "txt" else label).casefold() in text.replace("&#39;", "'").casefold()


def test_reasons_stay_english_and_say_so() -> None:
    page = render(_full_brief("de"), "html").content.decode()
    assert '[durch die Quelle nicht belegt – Name: <bdi lang="en">the cited words do not name it</bdi>]' in page
    assert 'wiedergegeben: <bdi lang="en">the budget is spent</bdi>.</p>' in page
    english = render(_full_brief("en"), "html").content.decode()
    assert "[not supported by its source: the cited words do not name it]" in english


def test_an_arabic_page_runs_from_right_to_left_and_english_within_it_does_not() -> None:
    brief = foreign_brief()
    page = render(replace(_full_brief("ar"), conflicts=rich_brief().conflicts), "html").content.decode()
    assert '<html lang="ar" dir="rtl">' in page
    assert re.search(r'<li><span dir="ltr"><span class="claim" lang="en" dir="ltr">', page)
    assert re.search(r'<p class="cited" dir="ltr"><span class="claim" lang="en"', page)
    assert '<span class="doubt" lang="ar" dir="rtl">' in page
    own = context(replace(brief, language="ar"), UTC)["lead"][0]
    assert (own["paragraphs"][0]["foreign"], own["headline"]["direction"]) == ("", "rtl")


def test_japanese_marks_and_spaces() -> None:
    brief = replace(foreign_brief(), language="ja", articles=(*foreign_brief().articles,))
    page = context(brief, UTC)
    assert page["method"]["summary"].startswith("記事4本を読み込み（うち独立した記事4本）。全9箇所のうち6箇所を採用。")
    text = render(brief, "txt").content.decode()
    assert f"（独立した情報源3件：{JAPANESE.source}、Mirower Tageblatt、Osterlund Post）" in text
    assert f"アラビア語の原文： {ARABIC.text[:10]}" in text
