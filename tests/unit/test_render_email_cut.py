"""What a mail leaves out where it would be clipped, in which order, and that it says so."""

from __future__ import annotations

import json
from dataclasses import replace
from email import message_from_bytes, policy
from email.message import EmailMessage

from briefing.model import Brief, Document
from briefing.render.context import Context, context
from briefing.render.email import Edition, message
from briefing.render.email_cut import LARGEST, fitting, shortened, steps
from tests.briefs import long_brief, rich_brief


def _size(page: Context) -> int:
    return len(json.dumps(page))


def _huge() -> Brief:
    """The long brief, each of its stories told ten times over."""
    brief = long_brief()
    return replace(brief, stories=tuple(replace(s, claims=s.claims * 10) for s in brief.stories))


def _mail(raw: bytes) -> EmailMessage:
    mail = message_from_bytes(raw, policy=policy.default)
    assert isinstance(mail, EmailMessage)
    return mail


def _html(mail: EmailMessage) -> str:
    part = mail.get_body(("html",))
    assert part is not None
    return str(part.get_content())


def test_what_fits_stays_whole() -> None:
    page = context(rich_brief())
    fit = fitting(page, _size, 10**9)
    assert not fit["shortened"]["any"]
    assert {k: v for k, v in fit.items() if k != "shortened"} == page


def test_each_step_leaves_out_more_until_one_paragraph_is_left() -> None:
    page = context(long_brief())
    sizes = [_size(shortened(page, count)) for count in range(steps(page) + 1)]
    assert sizes == sorted(sizes, reverse=True)
    least = shortened(page, steps(page))
    assert len(least["lead"]) == 1
    assert least["in_brief"] == []
    assert len(least["lead"][0]["paragraphs"]) == 1


def test_quotations_go_before_stories_and_the_last_before_the_first() -> None:
    page = context(long_brief())
    around = shortened(page, 1)
    assert all(s["quote"] and not s["before"] and not s["after"] for s in around["sources"])
    some = shortened(page, 1 + 10)
    assert [bool(s["quote"]) for s in some["sources"]] == [True] * (len(page["sources"]) - 10) + [False] * 10
    assert some["shortened"]["stories"] == 0
    fewer = shortened(page, 1 + len(page["sources"]) + 4)
    assert fewer["shortened"]["stories"] == 4
    assert fewer["in_brief"] == page["in_brief"][:-4]
    assert fewer["lead"] == page["lead"]


def test_sentences_that_stay_keep_their_sources_and_no_others_are_listed() -> None:
    page = context(long_brief())
    for count in (1 + len(page["sources"]) + 17, steps(page)):
        left = shortened(page, count)
        listed = {s["number"] for group in left["source_groups"] for s in group}
        stories = [*left["lead"], *left["in_brief"]]
        claims = [c for s in stories for p in s["paragraphs"] for c in p["claims"]] + [s["headline"] for s in stories]
        assert listed == {ref["number"] for c in claims for ref in c["refs"]}
        assert {b["story"] for b in left["bottom_line"]} <= {s["id"] for s in stories}
        assert [s["number"] for s in left["sources"]] == [s["number"] for s in page["sources"]]


def test_no_more_is_left_out_than_must_be() -> None:
    page = context(long_brief())
    for most in (_size(shortened(page, count)) for count in (1, 20, 75, 90)):
        fit = fitting(page, _size, most)
        assert _size(fit) <= most
    assert fitting(page, _size, _size(shortened(page, 20)))["shortened"] == shortened(page, 20)["shortened"]


def test_a_shortened_mail_says_so_and_brings_the_whole_brief() -> None:
    mail = _mail(message(_huge()))
    html = _html(mail)
    assert len(html.encode()) <= LARGEST
    assert "This mail is shortened" in html
    (file,) = mail.iter_attachments()
    assert file.get_filename() == "brief.html"
    assert "The whole brief is attached as brief.html" in html
    plain = mail.get_body(("plain",))
    assert plain is not None
    for story in _huge().stories:
        assert story.headline.text in " ".join(str(plain.get_content()).split())


def test_a_file_that_goes_along_anyway_is_the_whole_brief() -> None:
    pdf = Document(b"%PDF", "application/pdf", "brief.pdf")
    web = "https://news.example/brief.html"
    mail = _mail(Edition(_huge(), attachments=(pdf,), web=web).message())
    assert [file.get_filename() for file in mail.iter_attachments()] == ["brief.pdf"]
    assert "The whole brief is attached as brief.pdf" in _html(mail)
    assert f'<a href="{web}"' in _html(mail)


def test_one_story_alone_may_be_too_long() -> None:
    brief = rich_brief()
    story = brief.stories[0]
    endless = replace(story, claims=tuple(replace(c, text=f"{c.text} " * 30) for c in story.claims * 60))
    html = _html(_mail(message(replace(brief, stories=(endless,), conflicts=()))))
    assert len(html.encode()) <= LARGEST
    assert "paragraphs" in html
