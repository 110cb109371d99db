"""The measures run the product on labelled data of their layouts, and a right answer scores higher than a wrong one;
those of speed compare the same work, and do it whole.

The data here is made by hand and tiny: what is tested is that a figure measures what it says, not how high it is.
"""

from __future__ import annotations

import gzip
import io
import json
import tarfile
from pathlib import Path
from typing import Any

import pytest

from benchmarks import delivery, quality, render, render_peers

FLOOD = (
    "The dam at Orle broke on Monday night after four days of rain in the Selle valley.",
    "Ada Brink, the mayor of Orle, said four hundred people had left their homes by Tuesday morning.",
    "Engineers of the Selle water board put the repair of the Orle dam at 3.2 million crowns.",
    "Schools in the Selle valley stay shut until the water of the dam has gone down.",
)
MORE_OF_THE_FLOOD = (
    "Mayor Brink said the water in the streets of Orle would not fall before Thursday.",
    "The water board of the Selle valley had warned in autumn that the Orle dam leaked.",
    "Four hundred beds stand ready in the schools of the Selle valley for those who left their homes in Orle.",
    "After four days of rain, engineers closed the road below the dam on Tuesday morning.",
)
CHESS = (
    "Jonas Mirov won the chess championship in Tarsk on Sunday with a rook endgame.",
    "The champion Mirov, 19, had lost two games of the championship in the first week.",
    "The chess federation in Tarsk paid Mirov a prize of 40,000 crowns.",
    "Mirov will defend the chess title against Edda Roswald in the autumn.",
)


def _lines(folder: Path, measure: str, *rows: dict[str, Any]) -> None:
    (folder / measure).mkdir()
    text = "".join(json.dumps(row) + "\n" for row in rows)
    (folder / measure / "made.jsonl").write_text(text, encoding="utf-8")


@pytest.fixture(scope="module")
def figures(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, float]]:
    folder = tmp_path_factory.mktemp("data")
    flood, chess = "\n\n".join(FLOOD), "\n\n".join(CHESS)
    again = "\n\n".join(reversed(FLOOD))
    _lines(folder, "summaries", {"id": "1", "documents": [{"id": "a", "text": flood}], "reference": " ".join(FLOOD)})
    articles = [
        {"id": "a", "title": "", "text": flood, "url": "", "source": "A"},
        {"id": "b", "title": "", "text": chess, "url": "", "source": "B"},
    ]
    query = {"query": "chess championship", "relevant": ["b"]}
    _lines(folder, "relevance", {"id": "1", "articles": articles, "queries": [query]})
    _lines(
        folder, "clusters",
        {"id": "a", "text": flood, "story": "flood"},
        {"id": "b", "text": again, "story": "flood"},
        {"id": "c", "text": chess, "story": "chess"},
    )  # fmt: skip
    _lines(
        folder, "copies",
        {"id": "a", "text": flood, "wire": "1"},
        {"id": "b", "text": flood, "wire": "1"},
        {"id": "c", "text": chess, "wire": "2"},
    )  # fmt: skip
    kept = [{"text": text, "keep": True} for text in (*FLOOD, *MORE_OF_THE_FLOOD)]
    strays = [{"text": text, "keep": False} for text in ("Chess title goes to Tarsk", " ".join(CHESS[:2]))]
    _lines(folder, "noise", {"id": "1", "story": "1", "paragraphs": [*kept[:4], *strays, *kept[4:]]})
    paragraphs = [{"text": text, "keep": None} for text in FLOOD]
    _lines(
        folder, "titles",
        {"id": "1", "story": "1", "title": {"text": "Dam at Orle breaks", "right": True}, "paragraphs": paragraphs},
        {"id": "2", "story": "1", "title": {"text": "Mirov wins in Tarsk", "right": False}, "paragraphs": paragraphs},
    )  # fmt: skip
    claims = [(FLOOD[0], True), (FLOOD[0].replace("four days", "nine days"), False)]
    rows = [
        {"id": str(i), "claim": claim, "source": list(FLOOD), "supported": supported, "evidence": [[0]]}
        for i, (claim, supported) in enumerate(claims)
    ]
    _lines(folder, "claims", *rows)
    _lines(folder, "sentences", {"text": " ".join(FLOOD), "sentences": list(FLOOD)})
    documents = [{"id": "a", "text": flood}, {"id": "b", "text": chess}]
    insights = [{"text": CHESS[2], "documents": ["b"]}]
    subtopics = [{"name": "prize", "query": "the prize of the chess federation", "insights": insights}]
    _lines(folder, "coverage", {"id": "1", "topic": "news", "documents": documents, "subtopics": subtopics})
    _lines(
        folder, "coverage_judged",
        {"id": "1", "summary": list(CHESS), "insight": CHESS[2], "coverage": "fully"},
        {"id": "2", "summary": list(FLOOD), "insight": CHESS[2], "coverage": "not"},
    )  # fmt: skip
    _pages(folder / "pages", flood)
    _feeds(folder / "feeds", flood)
    out = folder / "figures.json"
    assert quality.main(["--data", str(folder), "--json", str(out)]) == 0
    loaded: dict[str, dict[str, float]] = json.loads(out.read_text(encoding="utf-8"))
    return loaded


def _pages(folder: Path, text: str) -> None:
    folder.mkdir()
    body = "".join(f"<p>{line}</p>" for line in text.split("\n\n"))
    page = f"<html><body><nav><a href='/'>Home</a></nav><article><h1>Dam breaks</h1>{body}</article></body></html>"
    with gzip.open(folder / "made.jsonl.gz", "wt", encoding="utf-8") as file:
        file.write(json.dumps({"id": "1", "html": page, "text": text}) + "\n")


def _feeds(folder: Path, text: str) -> None:
    folder.mkdir()
    good = f"<rss version='2.0'><channel><title>A</title><item><title>T</title><description>{text}</description></item>"
    with tarfile.open(folder / "made.tar.gz", "w:gz") as archive:
        for name, content in (("good.xml", f"{good}</channel></rss>"), ("bad.xml", "no feed at all")):
            info = tarfile.TarInfo(name)
            info.size = len(content.encode())
            archive.addfile(info, io.BytesIO(content.encode()))


@pytest.mark.parametrize(
    ("figure", "expected"),
    [
        ("relevance/made", {"map": 1, "precision": 1, "recall": 1, "f1": 1}),
        ("clusters/made", {"b3_f1": 1, "ari": 1}),
        ("copies/made", {"precision": 1, "recall": 1}),
        ("noise/made", {"f1": 1, "precision": 1, "recall": 1}),
        ("titles/made", {"wrong_found": 1, "right_kept": 1}),
        ("claims/made", {"balanced_accuracy": 1, "auc": 1, "hit1": 1, "hit3": 1, "hit5": 1}),
        ("sentences/made", {"exact": 1, "boundary_f1": 1}),
        ("coverage/made", {"coverage": 1, "citation_f1": 1}),
        ("coverage_judged/made", {"auc": 1}),
        ("summaries/made", {"rouge1": 100, "rouge2": 100, "rougeLsum": 100}),
        ("pages/made", {"f1": 1}),
        ("feeds/made", {"files": 2, "parsed": 1, "refused": 1, "hung": 0, "crashed": 0}),
    ],
)
def test_a_plain_case_scores_as_it_should(
    figures: dict[str, dict[str, float]], figure: str, expected: dict[str, float]
) -> None:
    found = figures[figure]
    assert {name: found[name] for name in expected} == pytest.approx(expected, abs=0.06, rel=0.06)


def test_every_measure_is_covered(figures: dict[str, dict[str, float]]) -> None:
    assert {name.split("/")[0] for name in figures} == set(quality.NAMES)
    assert {"f1", "trafilatura_f1"} == set(figures["pages/made"])
    assert {"files", "parsed", "refused", "hung", "crashed", "seconds"} == set(figures["feeds/made"])


def test_wrong_arguments_are_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for arguments, words in (
        (["--data", str(tmp_path / "none")], "is not a folder"),
        (["--data", str(tmp_path)], "holds no file for"),
        (["--data", str(tmp_path), "--only", "rouge"], "unknown measure 'rouge'"),
    ):
        with pytest.raises(SystemExit):
            quality.main(arguments)
        assert words in capsys.readouterr().err


def test_a_pdf_is_compared_with_one_of_the_same_bytes() -> None:
    row = render.pdfs(render.brief_of(1), 1, {"default": "default"}, ("pdf/ua-1", "pdf/a-3a"))
    assert row["peak_mb"] > 0
    for variant in ("pdf/ua-1", "pdf/a-3a"):
        compared = row[f"{variant} default"]
        assert compared["same"]
        assert compared["pages"] == 1
        assert all(compared[name] > 0 for name in ("seconds", "cpu", "direct", "ratio", "ratio_cpu"))


def test_pages_and_mails_are_measured_for_briefs_of_any_length() -> None:
    row = render.pages(render.brief_of(3), 1)
    assert row["html"]["bytes"] > render.pages(render.brief_of(1), 1)["html"]["bytes"]
    assert row["eml"]["cpu"] > 0
    assert all(found["mails_a_second"] > 0 for found in render.mails(3).values())


def test_a_peer_is_given_every_sentence_and_every_source() -> None:
    brief = render.brief_of(3)
    source = render_peers.typst_source(brief)
    claims = [claim for story in brief.stories for claim in story.claims]
    assert all(f'#"{claim.text}"' in source for claim in claims)
    assert source.count("#footnote(") == sum(len(claim.citations) for claim in claims)
    assert source.count("\n+ #") == len(brief.references)


def test_mails_go_through_the_whole_outbox_and_pieces_are_kept_once() -> None:
    sent = delivery.mails("sqlite", 1, 12)
    assert abs(sent["bytes"] - delivery.SIZE) < 1000
    assert all(sent[name] > 0 for name in ("put", "send", "whole", "cpu"))
    kept = delivery.size("sqlite", 40)
    assert kept["kb a thousand"] < kept["messages kb"] / 3


def test_small_editions_are_made_and_sent() -> None:
    assert delivery.editions("sqlite", 1, 2)["a minute"] > 0
