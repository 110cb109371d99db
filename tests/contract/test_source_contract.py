"""What holds for every source: articles and failures come out, exceptions do not."""

from __future__ import annotations

import io
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.model import Article, Failure
from briefing.ports import Source
from briefing.sources.failures import REASONS
from briefing.sources.files import Files
from briefing.sources.formats import ENDINGS

# Beginnings that lead random bytes past the first door of each reader.
BEGINNINGS = (
    b"",
    b"%PDF-1.7\n",
    b"<html><body><p>",
    b"<?xml version='1.0'?><rss version='2.0'><channel><item><title>",
    b"<feed xmlns='http://www.w3.org/2005/Atom'><entry><content type='html'>",
    b"From: a@b.example\nSubject: s\nContent-Type: multipart/mixed; boundary=b\n\n--b\n",
    b'[{"text": "',
    b'{"version": "https://jsonfeed.org/version/1.1", "items": [',
    b"---\ntitle: ",
    b"# ",
    b"\xff\xfe",
)


def check(found: Iterable[Article | Failure]) -> list[Article | Failure]:
    items = list(found)
    for item in items:
        if isinstance(item, Failure):
            assert item.where
            assert item.reason in REASONS
            assert item.detail
        else:
            assert item.text.strip()
            assert item.origin
            assert item.read_as
            assert item.url == "" or item.url.startswith(("http://", "https://", "HTTP", "Http"))
            assert item.published is None or item.published.tzinfo is not None
            assert not set(item.title + item.text) & {"\x00", "\r", "\u202e", "\u200b"}
            assert "\n" not in item.title
    return items


@st.composite
def contents(draw: st.DrawFn) -> bytes:
    words = draw(st.text(max_size=100)).encode("utf-8", "surrogatepass")
    return draw(st.sampled_from(BEGINNINGS)) + draw(st.binary(max_size=300)) + words


@settings(max_examples=8, deadline=None)
@given(st.lists(contents(), min_size=5, max_size=5))
def test_no_bytes_under_any_ending_raise(many: list[bytes]) -> None:
    with TemporaryDirectory() as folder:
        for number, data in enumerate(many):
            for ending in ENDINGS:
                Path(folder, f"{number}{ending}").write_bytes(data)
        source: Source = Files([folder])
        assert len(check(source.collect(None, None))) >= len(many) * len(ENDINGS)


@settings(max_examples=60, deadline=None)
@given(beginning=st.sampled_from(BEGINNINGS[2:]), data=st.binary(max_size=300))
def test_no_bytes_on_standard_input_raise(beginning: bytes, data: bytes) -> None:
    assert check(Files(["-"], stdin=io.BytesIO(beginning + data)).collect(None, None))


@given(st.lists(st.text(max_size=30), max_size=3))
def test_no_path_raises(names: list[str]) -> None:
    paths = [f"no-such-folder/{name}/x.txt" for name in names]
    assert len(check(Files(paths).collect(None, None))) == len(paths)


def test_a_source_can_be_read_twice(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The ferry runs again.", encoding="utf-8")
    source = Files([tmp_path])
    assert check(source.collect(None, None)) == check(source.collect(None, None))
