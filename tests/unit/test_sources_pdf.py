"""PDF files: lines to paragraphs, running heads, properties, and files that do not open."""

from __future__ import annotations

import io

import pytest
from pypdf import PdfWriter

from briefing.errors import SourceError
from briefing.sources import pdf
from briefing.sources.raw import Raw


def written(pages: list[list[str]]) -> PdfWriter:
    """A PDF with one line of Helvetica for each string; an empty string is a gap."""
    objects = ["<</Type/Catalog/Pages 2 0 R>>", "", "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"]
    kids = []
    for lines in pages:
        shown = "".join(f"({line}) Tj T* " if line else "T* " for line in lines)
        stream = f"BT /F1 11 Tf 14 TL 60 780 Td {shown} ET"
        objects.append(f"<</Length {len(stream)}>>stream\n{stream}\nendstream")
        fonts = "/Resources<</Font<</F1 3 0 R>>>>"
        objects.append(f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]{fonts}/Contents {len(objects)} 0 R>>")
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<</Type/Pages/Count {len(kids)}/Kids[{' '.join(kids)}]>>"
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += f"{number} 0 obj{body}endobj\n".encode("latin-1")
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}".encode()
    start = out.index(b"xref\n")
    out += f"trailer<</Size {len(objects) + 1}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF".encode()
    return PdfWriter(clone_from=io.BytesIO(out))


def saved(writer: PdfWriter) -> bytes:
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def read(data: bytes) -> Raw:
    (found,) = pdf.read(data)
    assert isinstance(found, Raw)
    return found


LINES = [
    "The harbour office said on Tuesday that the ferry between the two",
    "towns would run again in June, after repairs to the damaged pier.",
    "The work has cost more than planned.",
    "Shopkeepers on the island had complained that the replacement bus",
    "was late on most mornings, and asked the council for compen-",
    "sation, which it refused.",
]


def test_lines_are_joined_to_paragraphs_and_broken_words_to_words() -> None:
    assert read(saved(written([LINES]))).text.split("\n\n") == [
        "The harbour office said on Tuesday that the ferry between the two towns would run again in June, after "
        "repairs to the damaged pier. The work has cost more than planned.",
        "Shopkeepers on the island had complained that the replacement bus was late on most mornings, and asked the "
        "council for compensation, which it refused.",
    ]


def test_running_heads_and_page_numbers_are_left_out_and_paragraphs_go_on_across_pages() -> None:
    pages = [["Harbour Post, 4 March", *LINES[:2], "1"], ["Harbour Post, 4 March", *LINES[2:], "2"]]
    pages[0][2] = "towns would run again in June, after long and costly repairs to"
    pages[1][1] = "the pier. The work has cost more than planned."
    found = read(saved(written(pages)))
    assert "Harbour Post" not in found.text
    assert "costly repairs to the pier." in found.text


def test_a_word_with_a_hyphen_of_its_own_keeps_it() -> None:
    lines = [
        "This is a well-known and often told story of the harbour, and a well-",
        "known one it will remain for long.",
    ]
    assert "a well-known one it" in read(saved(written([lines]))).text


XMP = """<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:publisher><rdf:Bag>
<rdf:li>The Courier</rdf:li></rdf:Bag></dc:publisher></rdf:Description></rdf:RDF></x:xmpmeta>"""


def test_properties_are_metadata() -> None:
    writer = written([LINES])
    writer.add_metadata(
        {"/Title": "Ferry to run again", "/Author": "Ada Brook", "/CreationDate": "D:20260304050607+01'00'"}
    )
    found = read(saved(writer))
    assert (found.title, found.author, found.published) == (
        "Ferry to run again",
        "Ada Brook",
        "2026-03-04T05:06:07+01:00",
    )


@pytest.mark.parametrize("where", ["properties", "xmp"])
def test_a_declared_publisher_is_read(where: str) -> None:
    writer = written([LINES])
    if where == "properties":
        writer.add_metadata({"/publisher": "The Courier"})
    else:
        writer.xmp_metadata = XMP.encode()
    assert read(saved(writer)).source == "The Courier"
    assert read(saved(written([LINES]))).source == ""


@pytest.mark.parametrize("title", ["Microsoft Word - ferry.docx", "ferry_final.indd", "Untitled-1", ""])
def test_the_name_of_a_file_is_no_title(title: str) -> None:
    writer = written([["Ferry to run again", "", *LINES]])
    writer.add_metadata({"/Title": title, "/CreationDate": "nonsense"})
    found = read(saved(writer))
    assert found.title in ("", "Ferry to run again")
    assert found.published == ""


def encrypted() -> bytes:
    writer = written([LINES])
    writer.encrypt("secret", algorithm="AES-256")
    return saved(writer)


def pictures_only() -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    return saved(writer)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (encrypted(), "encrypted"),
        (pictures_only(), "empty"),
        (b"%PDF-1.4\nnonsense", "damaged"),
        (b"no pdf at all", "damaged"),
        (saved(written([LINES]))[:300], "damaged"),
        (b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[2 0 R]/Count 9>>endobj\n"
         b"trailer<</Root 1 0 R>>", "damaged"),
    ],
)  # fmt: skip
def test_files_that_do_not_open_are_refused_by_name(data: bytes, reason: str) -> None:
    with pytest.raises(SourceError) as refused:
        list(pdf.read(data))
    assert refused.value.reason in (reason, "empty" if reason == "damaged" else reason)
    assert refused.value.detail
