"""Files, folders and standard input; sizes, links and hanging readers."""

from __future__ import annotations

import io
import os
from pathlib import Path

import pytest

from briefing.model import Article, Failure
from briefing.sources.failures import REASONS
from briefing.sources.files import Files
from briefing.sources.formats import format_of, risky, sniff

WORDS = "The harbour office said on Tuesday that the ferry would run again in June."


def collect(*paths: str | Path, **options: object) -> list[Article | Failure]:
    return list(Files(paths, **options).collect(None, None))  # type: ignore[arg-type]


def only_failure(*paths: str | Path, **options: object) -> Failure:
    (found,) = collect(*paths, **options)
    assert isinstance(found, Failure)
    assert found.reason in REASONS
    assert found.detail
    return found


def test_a_folder_is_read_whole_in_sorted_order(tmp_path: Path) -> None:
    for name in (
        "b.txt",
        "a/z.md",
        "a/b/c.txt",
        "c.html",
        ".hidden.txt",
        ".git/x.txt",
        "README.md",
        "LICENSE",
        "style.css",
        "p.jpg",
    ):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(f"{WORDS} In {name}.", encoding="utf-8")
    found = collect(tmp_path)
    assert [Path(f.origin).relative_to(tmp_path).as_posix() for f in found if isinstance(f, Article)] == [
        "a/b/c.txt",
        "a/z.md",
        "b.txt",
        "c.html",
    ]
    assert all(isinstance(f, Article) for f in found)


def test_a_file_of_another_kind_is_told(tmp_path: Path) -> None:
    (tmp_path / "story.docx").write_bytes(b"PK\x03\x04")
    assert only_failure(tmp_path).reason == "unsupported"
    assert ".txt" in only_failure(tmp_path / "story.docx").detail


def test_where_is_the_path_as_given_and_the_entry(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("in").mkdir()
    Path("in/a.jsonl").write_text('{"text": "One."}\n{}\n', encoding="utf-8")
    first, second = collect("in")
    assert isinstance(first, Article)
    assert isinstance(second, Failure)
    assert (first.origin, second.where) == ("in/a.jsonl#1", "in/a.jsonl#2")


def test_what_is_not_there_is_told_with_what_to_type(tmp_path: Path) -> None:
    found = only_failure(tmp_path / "none.txt")
    assert found.reason == "not found"
    assert f"ls {tmp_path}" in found.detail


@pytest.mark.skipif(os.name != "posix", reason="names of any bytes")
def test_names_that_are_no_text_can_still_be_told(tmp_path: Path) -> None:
    path = os.fsencode(tmp_path) + b"/\xff.txt"
    with open(path, "wb") as file:
        file.write(WORDS.encode())
    (found,) = collect(tmp_path)
    assert isinstance(found, Article)
    assert found.origin.encode("utf-8").endswith(b"/?.txt")


@pytest.mark.parametrize("name", ["a\x00b", "x" * 5000, "../../../no/such/file.txt"])
def test_names_that_cannot_be_are_not_found(name: str) -> None:
    assert only_failure(name).reason in ("not found", "unreadable")


def test_a_file_that_holds_a_mark_and_nothing_else_is_empty(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(b"\xff\xfe")
    assert only_failure(tmp_path).reason == "empty"


def test_an_empty_and_a_large_file_are_told_and_the_rest_goes_on(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"")
    (tmp_path / "b.txt").write_bytes(b" \n\t ")
    (tmp_path / "c.txt").write_bytes(b"x" * 1001)
    (tmp_path / "d.txt").write_bytes(b"y" * 1000)
    found = collect(tmp_path, max_bytes=1000)
    assert [f.reason for f in found if isinstance(f, Failure)] == ["empty", "empty", "too large"]
    assert isinstance(found[3], Article)


@pytest.mark.skipif(os.name != "posix", reason="links of the POSIX kind")
def test_links_are_followed_but_never_round(tmp_path: Path) -> None:
    outside, inside = tmp_path / "outside.txt", tmp_path / "in"
    outside.write_text(WORDS, encoding="utf-8")
    inside.mkdir()
    (inside / "here.txt").symlink_to(outside)
    (inside / "loop").symlink_to(inside)
    (inside / "self.txt").symlink_to(inside / "self.txt")
    (inside / "gone.txt").symlink_to(tmp_path / "none.txt")
    found = collect(inside, outside)
    assert [f.origin for f in found if isinstance(f, Article)] == [str(inside / "here.txt")]
    assert {Path(f.where).name for f in found if isinstance(f, Failure)} == {"self.txt", "gone.txt"}


@pytest.mark.skipif(os.name != "posix", reason="named pipes")
def test_what_is_no_file_is_not_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    assert only_failure(tmp_path).reason == "unsupported"


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b'{"text": "One."}', "json"),
        (b'[{"text": "One."}]', "json"),
        (b'{"text": "One."}\n{"text": "Two."}\n', "json lines"),
        (b"{\n\"text\": \"One.\"\n}", "json"),
        (b"<!DOCTYPE html><html><p>x</p></html>", "page"),
        (b"<?xml version='1.0'?><!-- c --><rss version='2.0'/>", "feed"),
        (b"\xef\xbb\xbf<feed xmlns='x'/>", "feed"),
        (b"From: a@b.example\nSubject: s\nDate: today\n\nWords", "mail"),
        (b"---\ntitle: T\n---\nWords", "markdown"),
        (b"# Title\n\nWords", "markdown"),
        (b"%PDF-1.7\n", "pdf"),
        (b"Just words.", "text"),
        (b"[Tuesday] Just words.", "text"),
        (b"<!--" * 5000, "text"),
        (b"", "text"),
    ],
)  # fmt: skip
def test_standard_input_tells_its_format_by_its_beginning(data: bytes, kind: str) -> None:
    assert sniff(data) == kind


def test_standard_input_is_an_input() -> None:
    (found,) = collect("-", stdin=io.BytesIO(WORDS.encode()))
    assert isinstance(found, Article)
    assert (found.text, found.origin) == (WORDS, "-")
    assert only_failure("-", stdin=io.BytesIO(b"")).reason == "empty"
    assert only_failure("-", stdin=io.BytesIO(b"x" * 11), max_bytes=10).reason == "too large"


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.txt", f"<!DOCTYPE html><html><body><p>{WORDS}</p></body></html>"),
        ("a.xml", f"<html><body><p>{WORDS}</p></body></html>"),
        ("a.html", f"<rss version='2.0'><channel><item><description>{WORDS}</description></item></channel></rss>"),
        ("a.json", f'{{"text": "{WORDS}"}}\n{{"text": "{WORDS}"}}'),
    ],
)
def test_content_is_believed_before_the_ending(tmp_path: Path, name: str, data: str) -> None:
    (tmp_path / name).write_text(data, encoding="utf-8")
    found = collect(tmp_path)
    assert all(isinstance(f, Article) and f.text == WORDS for f in found)


def test_text_that_begins_like_a_tag_is_text(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(f"<Ada> {WORDS}", encoding="utf-8")
    (found,) = collect(tmp_path)
    assert isinstance(found, Article)
    assert found.text.startswith("<Ada>")


def test_endings_are_read_in_any_case() -> None:
    assert format_of("A.HTML") == "page"
    assert format_of("noending") == ""


def test_what_could_hang_its_reader_is_read_apart() -> None:
    assert risky(b"", "pdf")
    assert risky(b"<div>" * 1000, "page")
    assert risky(b"<!DOCTYPE x [<!ENTITY a 'b'>]>", "feed")
    assert not risky(b"<p>x<br>" * 1000, "page")
    assert not risky(b"<" * 1000, "text")


def test_a_reader_that_hangs_is_ended_and_the_rest_goes_on(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text("<html><body>" + "<p>a b c " * 300_000, encoding="utf-8")
    (tmp_path / "b.html").write_text("<div>" * 1000 + WORDS, encoding="utf-8")
    (tmp_path / "c.txt").write_text(WORDS, encoding="utf-8")
    first, _, third = collect(tmp_path, seconds=3.0)
    assert isinstance(first, Failure)
    assert first.reason == "too slow"
    assert isinstance(third, Article)


def test_readers_in_the_other_process_tell_their_failures_and_their_articles(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.4 nonsense")
    (tmp_path / "b.html").write_text("<article>" + "<div>" * 100 + f"<p>{WORDS}</p><p>{WORDS}</p>", encoding="utf-8")
    first, second = collect(tmp_path)
    assert isinstance(first, Failure)
    assert first.reason == "damaged"
    assert isinstance(second, Article)
    assert WORDS in second.text


def test_the_period_is_left_to_the_ledger(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text('{"text": "Old words.", "published": "1999-01-01"}', encoding="utf-8")
    (found,) = collect(tmp_path)
    assert isinstance(found, Article)
    assert found.published is not None
