"""Fields that nothing has are found where they are written, whether a sample brief reaches the place or not."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefing.render.check import check
from briefing.render.problems import Problem

NEVER = "{% if false %}"


def found(folder: Path, **files: str) -> list[Problem]:
    for name, text in files.items():
        (folder / name.replace("__", ".")).write_text(text, "utf-8")
    # No format: nothing is rendered, templates are only read.
    return check(str(folder), formats=())


@pytest.mark.parametrize(
    ("template", "place", "text"),
    [
        ("{% macro m(thing) %}\n  {{ thing.txet }}{% endmacro %}\n{% for s in lead %}{{ m(s.headline) }}{% endfor %}",
         "2:12", "there is no 'txet'; did you mean 'text'?"),
        ("{% macro m(thing) %}{{ thing.labl }}{% endmacro %}{% for s in lead %}{{ m(thing=s.sources) }}{% endfor %}",
         "1:30", "there is no 'labl'; did you mean 'label'?"),
        ("{% macro one(x) %}{{ two(x) }}{% endmacro %}{% macro two(x) %}{{ x.dat }}{{ one(x) }}{% endmacro %}"
         "{{ one(sources[0]) }}", "1:68", "there is no 'dat'; did you mean 'date'?"),
        ("{% macro m(x) %}{{ mastheed.title }}{% endmacro %}", "1:20",
         "there is no 'mastheed'; did you mean 'masthead'?"),
        ("{% if false %}\n{{ (lead + in_brief)[0].hedline.text }}{% endif %}", "2:25",
         "there is no 'hedline'; did you mean 'headline'?"),
        ("{{ ((lead + in_brief) | first).headline.tekst }}", "1:41", "there is no 'tekst'; did you mean 'text'?"),
        ("{% for s in in_brief | selectattr('headlin.text') %}{% endfor %}", "1:36",
         "there is no 'headlin'; did you mean 'headline'?"),
        ("{{ sources | map(attribute='nmber') | join }}", "1:29", "there is no 'nmber'; did you mean 'number'?"),
        ("titel {{ masthead.titel }}", "1:19", "there is no 'titel'; did you mean 'title'?"),
        ("{{ masthead['titel'] }}", "1:14", "there is no 'titel'; did you mean 'title'?"),
        ("{{ labels.sorces }}", "1:11", "there is no 'sorces'; did you mean 'sources'?"),
        ("{{ theme.logos }}", "1:10", "there is no 'logos'; did you mean 'logo'?"),
        ("{{ masthead.title.short }}", "1:19", "a text has no 'short'"),
        ("{{ sources.quote }}", "1:12", "a list has no 'quote'"),
        ("{% for s in sources %}{{ loop.indx }}{{ s.quot }}{% endfor %}", "1:43",
         "there is no 'quot'; did you mean 'quote'?"),
        ("{{ nothing | wrapp }}", "1:14", "there is no filter 'wrapp'; did you mean 'wrap'?"),
        ("{{ 1 if nothing is emty }}", "1:20", "there is no test 'emty'"),
        ("{% for r in left_out.reasons %}{% for i in r.items %}{% endfor %}{% endfor %}", "1:46",
         ".items is a method of Jinja's; write [\"items\"]"),
        ("{% for s in lead %}{{ s.headline }}{% endfor %}", "1:25", "'headline' is no text; it has: text, language"),
        ("{{ masthead.topics }}", "1:13", "'topics' is a list: {% for … in topics %}, or topics | join(labels.comma)"),
        ("{{ labels.reading_time }}", "1:11", "'reading_time' has plural forms: reading_time | fill(number=…)"),
    ],
)  # fmt: skip
def test_a_field_that_does_not_exist_is_found_where_it_is_written(
    tmp_path: Path, template: str, place: str, text: str
) -> None:
    problems = [p for p in found(tmp_path, brief__txt=template) if p.text.startswith(text)]
    assert [(p.level, p.place) for p in problems] == [("error", f"{tmp_path / 'brief.txt'}:{place}")]


@pytest.mark.parametrize(
    "template",
    [
        "{% if story is defined %}{% endif %}{{ masthead.nick | default('') }}",
        "{% set ns = namespace(n=0) %}{% for s in lead %}{% set ns.n = ns.n + 1 %}{% endfor %}{{ ns.n }}",
        "{% macro m(a, b='x') %}{{ a.anything }}{{ varargs }}{{ caller() }}{% endmacro %}{% call m(1) %}{% endcall %}",
        "{% from 'x.txt' import y as z %}{{ z(lead) }}{% import 'x.txt' as w %}{{ w.y() }}",
        "{% for reason in left_out.reasons %}{% for item in reason['items'] %}{{ item.words }}{% endfor %}{% endfor %}",
        "{{ masthead.title.upper() }}{{ lead | length }}{{ sources | map(attribute='number') | join(', ') }}",
    ],
)
def test_what_cannot_be_known_is_not_reported(tmp_path: Path, template: str) -> None:
    assert found(tmp_path, brief__txt=template, x__txt="{% macro y() %}{% endmacro %}") == []


def test_a_block_sees_the_macros_and_loops_of_the_template_that_it_extends(tmp_path: Path) -> None:
    page = (
        '{% extends "!default/brief.html" %}{% block lead %}{{ section }}'
        "{% for item in lead %}{{ claim(item.headline) }}{{ clame(item) }}{% endfor %}{% endblock %}"
    )
    assert [p.text for p in found(tmp_path, brief__html=page)] == ["there is no 'clame'; did you mean 'claim'?"]


def test_a_template_that_is_included_sees_what_stands_around_it(tmp_path: Path) -> None:
    page = "{% for story in lead %}{% include 'part.txt' %}{% endfor %}"
    (problem,) = found(tmp_path, brief__txt=page, part__txt="\n {{ story.note }}{{ story.nte }}")
    assert (problem.place, problem.text) == (
        f"{tmp_path / 'part.txt'}:2:27",
        "there is no 'nte'; did you mean 'note'?",
    )


def test_templates_of_mails_see_what_is_a_mails_own(tmp_path: Path) -> None:
    problems = found(
        tmp_path, subject__txt="{{ person.adress }}{{ shortened.stories }}", brief__txt="{{ person.name }}"
    )
    assert [(p.place.rpartition("/")[2], p.text.partition(";")[0]) for p in problems] == [
        ("brief.txt:1:4", "there is no 'person'"),
        ("subject.txt:1:11", "there is no 'adress'"),
    ]
