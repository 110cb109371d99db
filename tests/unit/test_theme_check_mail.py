"""What of a theme's mails mail programs drop, and what no mail may hold, is found where it is written."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefing.render.check import check

BLOCK = '{% extends "!default/email.html" %}\n{% block masthead %}\n'
END = "{% endblock %}"


def found(folder: Path, formats: tuple[str, ...] = ("eml",), **files: str) -> list[tuple[str, str, str]]:
    for name, text in files.items():
        (folder / name.replace("__", ".")).write_text(text, "utf-8")
    return [(p.level, p.place.removeprefix(f"{folder}/"), p.text) for p in check(str(folder), formats=formats)]


def test_declarations_that_clients_drop_are_found_without_making_a_mail(tmp_path: Path) -> None:
    sheet = "h1 { color: #111; }\n/* position: fixed */ .sheet { display: flex; }\n.x { display: none; opacity: 0; }\n"
    page = (
        BLOCK
        + '{{ super() }}<p style="padding: 1px; opacity: .5">x</p>\n<style>\n.y { filter: blur(1px) }</style>'
        + END
    )
    problems = found(tmp_path, (), email__css=sheet, email__html=page)
    assert [each[:2] for each in problems] == [
        ("warning", "email.css:2:32"),
        ("warning", "email.html:3:38"),
        ("warning", "email.html:5:6"),
    ]
    assert problems[0][2] == "'display: flex' is dropped by Outlook for Windows"


def test_a_custom_property_that_is_no_option_is_found(tmp_path: Path) -> None:
    assert found(tmp_path, (), email__css=".x { color: #111;\n  border-color: var(--acent); }") == [
        ("error", "email.css:2:17", "var(--acent) is no option; did you mean 'accent'?")
    ]


@pytest.mark.parametrize(
    ("html", "place", "text"),
    [
        ('<img src="https://tracker.example/p.png" alt="">', "3:11", "a mail cannot hold src='https://tracker.example/p.png'"),
        ("<p>a</p>\n <script>go()</script>", "4:2", "a mail cannot hold the element <script>"),
        ('<a href="javascript:go()">x</a>', "3:10", "a mail cannot hold the address 'javascript:go()'"),
        ('<p onclick="go()">x</p>', "3:4", "a mail cannot hold the script onclick"),
        ('<p style="background: url(//tracker.example/p)">x</p>', "3:23",
         "a mail cannot hold 'url(//tracker.example/p' in"),
        ("{{ lead[0].headline.text }}", "3:1", "a headline is printed without the numbers of its sources: its 'refs'"),
        ("{{ masthead.titel }}", "3:13", "there is no 'titel'; did you mean 'title'?"),
    ],
)  # fmt: skip
def test_what_no_mail_may_hold_is_found_in_its_template(tmp_path: Path, html: str, place: str, text: str) -> None:
    problems = found(tmp_path, email__html=BLOCK + html + END)
    assert [(level, at) for level, at, said in problems if said.startswith(text)] == [("error", f"email.html:{place}")]
    # Once: the mail that cannot be made is not another error.
    assert [level for level, _, _ in problems].count("error") == 1


@pytest.mark.parametrize(
    ("filling", "level", "text"),
    [
        ("{% for n in range(1200) %}<p>" + "x" * 100 + "</p>{% endfor %}", "error",
         "bytes long, of at most 93,500, with all left out that may be"),
        # What goes when the mail is shortened.
        ("{% for s in sources if s.quote %}<p>" + "x" * 12_000 + "</p>{% endfor %}", "warning",
         "a mail of 4 stories is longer than 95 KB and is shortened"),
    ],
)  # fmt: skip
def test_a_mail_that_is_too_long_or_must_be_shortened_is_found(
    tmp_path: Path, filling: str, level: str, text: str
) -> None:
    (problem, *_) = found(tmp_path, email__html=BLOCK + "{{ super() }}" + filling + END)
    assert problem[:2] == (level, "email.html:1:1")
    assert text in problem[2]


def test_the_text_of_a_mail_needs_numbers_and_sources_too(tmp_path: Path) -> None:
    text = "{% for story in lead %}{{ story.headline.text }}\n{% endfor %}"
    assert {each[1:] for each in found(tmp_path, email__txt=text) if each[0] == "error"} == {
        ("email.txt:1:24", "a headline is printed without the numbers of its sources: its 'refs'"),
        ("email.txt:1:24", "prints sentences without what the checks doubt of them: their 'doubt'"),
        ("email.txt:1:24", "the list of sources is missing or leaves some out: 'sources'"),
    }
