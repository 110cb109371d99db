"""What makes a PDF one for the archive: PDF/A-3a that is PDF/UA-1 as well, with its sources inside.

An archive's reader has no web to follow links on: the cited passages and where they come from are attached as
``sources.json``, in the words of the article and with the offsets that the brief cites.
"""

from __future__ import annotations

import json
import unicodedata
from datetime import UTC, datetime
from typing import Any

import regex

from briefing.model import Brief
from briefing.render.attribution import publisher, web_address

SOURCES = "sources.json"
VERSION = 1

# A keycap, a flag of two letters, or pictures joined into one, with the marks that choose colour, skin and region.
_PICTURE = r"\p{Extended_Pictographic}[\N{VARIATION SELECTOR-16}\p{Emoji_Modifier}\U000E0020-\U000E007F]*"
_EMOJI = regex.compile(
    r"[0-9#*]\N{VARIATION SELECTOR-16}?\N{COMBINING ENCLOSING KEYCAP}"
    r"|\p{Regional_Indicator}{2}"
    rf"|{_PICTURE}(?:\N{{ZERO WIDTH JOINER}}{_PICTURE})*"
)
_IN_COLOUR = regex.compile(r"\p{Emoji_Presentation}|\N{VARIATION SELECTOR-16}|[\U0001F000-\U0001FAFF]")
_FIRST_FLAG = ord("\N{REGIONAL INDICATOR SYMBOL LETTER A}")
_PICTURED = regex.compile(r"(?!\p{Emoji_Modifier})\p{Extended_Pictographic}")

# ISO 14289-1 has its own namespace, which a PDF/A must describe where it uses it (ISO 19005-3, 6.6.2.3.3).
_ALSO_ACCESSIBLE = b"""<rdf:Description xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" rdf:about="">\
<pdfuaid:part>1</pdfuaid:part></rdf:Description>\
<rdf:Description xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"\
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#"\
 rdf:about=""><pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">\
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>\
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>\
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>\
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource"><pdfaProperty:name>part</pdfaProperty:name>\
<pdfaProperty:valueType>Integer</pdfaProperty:valueType><pdfaProperty:category>internal</pdfaProperty:category>\
<pdfaProperty:description>Part of ISO 14289 that the file conforms to</pdfaProperty:description>\
</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>"""
_RDF_ENDS = b"</rdf:RDF>"


def sources_json(brief: Brief) -> str:
    """The passages that the brief cites, by their numbers, with their articles' origin.

    ``quote`` equals the characters ``start`` to ``end``, counted in code points, of the article's ``part``.
    """
    articles = {article.id: article for article in brief.articles}
    sources = []
    for number, citation in enumerate(brief.references, 1):
        article = articles[citation.article]
        sources.append(
            {
                "number": number,
                "publisher": publisher(article),
                "author": article.author,
                "title": article.title,
                "url": web_address(article.url),
                "published": article.published.isoformat() if article.published else None,
                "language": article.language,
                "article": article.id,
                "part": citation.part.value,
                "start": citation.start,
                "end": citation.end,
                "quote": citation.quote,
            }
        )
    content = {"version": VERSION, "title": brief.title, "made_at": brief.made_at.isoformat(), "sources": sources}
    return json.dumps(content, ensure_ascii=False, indent=1)


def attachment(weasyprint: Any, sources: str, made_at: str) -> Any:
    """``sources.json`` as WeasyPrint attaches it. ``made_at`` is a time of ISO 8601 with its zone."""
    when = datetime.fromisoformat(made_at).astimezone(UTC)
    return weasyprint.Attachment(
        string=sources,
        name=SOURCES,
        description="The passages that the brief cites, and where they come from",
        # The day of the brief and not of the rendering: the same brief gives the same bytes.
        created=when,
        modified=when,
        relationship="Source",
    )


def for_archive(document: Any, pdf: Any) -> None:
    """A finisher of WeasyPrint: says in the metadata that the PDF/A is PDF/UA-1 too, and tidies what WeasyPrint wrote.

    WeasyPrint names one variant, and puts ``xmp_metadata`` outside the one ``rdf:RDF`` that validators read.
    """
    metadata = pdf.objects[int(pdf.catalog["Metadata"].split()[0])]
    metadata.stream = [part.replace(_RDF_ENDS, _ALSO_ACCESSIBLE + _RDF_ENDS) for part in metadata.stream]
    # What a file is must be found without unpacking anything.
    metadata.compress = False
    # WeasyPrint 70 lists each attachment twice.
    pdf.catalog["AF"][:] = dict.fromkeys(pdf.catalog["AF"])


def without_emoji(text: str) -> str:
    """``text`` with emoji in words: “[fire]”, “[flag DE]”. A glyph in colours has no place in a PDF/A."""
    return _EMOJI.sub(lambda found: _in_words(found[0]), text)


def _in_words(emoji: str) -> str:
    if emoji[0] in "0123456789#*":
        return emoji[0]
    if not _IN_COLOUR.search(emoji):
        return emoji
    letters = [chr(ord("A") + ord(c) - _FIRST_FLAG) for c in emoji if 0 <= ord(c) - _FIRST_FLAG < 26]
    if letters:
        return f"[flag {''.join(letters)}]"
    names = [unicodedata.name(c, "emoji").lower() for c in _PICTURED.findall(emoji)]
    return f"[{' '.join(names)}]"
