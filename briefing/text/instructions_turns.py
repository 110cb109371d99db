"""Texts that imitate a conversation with a model: its markup, and the turns of a chat."""

from __future__ import annotations

from typing import NamedTuple

import regex

_I = regex.IGNORECASE
# A text of these closes what was said before, so what is before it is said to a machine.
_CLOSING = (
    r"<\|(?:im_end|end|eot_id|endoftext|end_of_text)\|>|\[/INST\]|<</SYS>>|<end_of_turn>"
    r"|</(?:system|assistant|user|instructions?|prompt)\s*>|(?-i:\[/(?:SYSTEM|USER|ASSISTANT|INSTRUCTIONS?)\])"
)
_MARKS = regex.compile(
    r"<!--.*?-->|<\|[a-z_ ]{2,24}\|>|\[/?INST\]|<</?SYS>>|</?(?:start|end)_of_turn>(?:\s?(?:user|model)\b)?"
    r"|</?(?:system|assistant|user|instructions?|prompt)\b[^>]{0,20}>"
    r"|</(?:article|articles|document|documents|source|sources|context|passage|passages|data|input|text|content)>"
    r"|(?-i:\[/?(?:SYSTEM|USER|ASSISTANT|INSTRUCTIONS?)(?: (?:MESSAGE|PROMPT))?\])"
    r"|!\[[^\]]*\]\([^)]*[?{][^)]*\)"
    r"|[-=*#~]{2,}\s*(?:begin|start|end)(?: of)?(?: the| all)? (?:(?:system|user|news) )?(?:articles?|documents?"
    r"|sources?"
    r"|passages?|context|input|prompt|data|text|instructions?|conversation|message)\b[^\n-]{0,20}"
    r"|`{3,}\s*(?:system|instructions?|prompt|assistant)\b|[\"']role[\"']\s*:\s*[\"'](?:system|assistant|user"
    r"|developer)[\"']"
    rf"|{_CLOSING}",
    _I | regex.DOTALL,
)
_CLOSES = regex.compile(_CLOSING, _I)
_CUES = ("<", "[inst", "[/inst", "![", "[system", "[user", "[assistant", "[/", "```", "--", "==", "##", "role")

_KIND = r"(?: (?:message|prompt|note|override|update|instructions?|turn|input|notice))"
_ROLE = regex.compile(
    rf"\W*(?:(?:new |updated )?(?P<sure>system{_KIND}|override|(?:developer|admin|user|assistant|model){_KIND})"
    r"|(?P<chat>system|assistant|système|sistema|asistente|assistent)"
    r"|(?P<person>user|human|benutzer|utilisateur|usuario|model|ai|bot|chatbot|developer|admin|prompt))"
    r"\s?[:：]\s*(?P<said>.*)",
    _I | regex.DOTALL,
)
_NAMED = regex.compile(
    r"\b(?:system|assistant|système|sistema|asistente|assistent|user|human|benutzer|utilisateur|usuario|model|ai"
    r"|bot|chatbot"
    rf"|developer|admin|prompt|override){_KIND}?\s?[:：]"
)
_SECOND_TURN = regex.compile(r"(?:^|[.!?:]\s)\s*(?:assistant|system|ai|bot|chatbot|model)\s?:\s", _I)
# Whole sentences are said in a turn; headings and the credits of a film are none.
_SAID = regex.compile(r"(?=[\p{Lu}\"“'‘])(?:\S+\s+){3,}\S*[.!?][\"”'’)]*(?:\s|$)")
_PART = regex.compile(r"^\s*(?:system|assistant|user|model)\s*$", _I)
# Not a heading: "how it works".
_STATED = regex.compile(
    r"(?!(?:what|how|why|who|when|where)\b).*[.!][\"”’)]*(?:\s|$)|\W*(?:you|your|ignore|disregard)\b", _I
)
_CREDITS = regex.compile(r"[.,;|]\s+\p{Lu}[\p{L} ]{2,20}:\s")
# What a model is told about, and how; the latter half tells little of what a person says.
_OF_A_MODEL = regex.compile(
    r"\b(?:summary|summaries|brief|briefing|headline|prompt|instructions?|output|zusammenfassung|anweisung(?:en)?"
    r"|résumé"
    r"|consignes|resumen|instrucciones)\b"
    r"|^\W*(?:ignore|disregard|from now on|the user|respond|reply|output|override)\b",
    _I,
)
_TO_A_MODEL = regex.compile(
    r"\b(?:you(?:['’]re)?|your|du|dein|vous|tu|tú|usted)\b"
    r"|^\W*(?:answer|write|always|never|do not|please|print|say|add|include|return|sure|certainly|of course|okay"
    r"|here)\b",
    _I,
)


class Imitated(NamedTuple):
    """Where the imitation of a chat stands; ``opens`` when it ends in an opening mark, with nothing said after it."""

    start: int
    end: int
    opens: bool


def marked(text: str, lowered: str) -> Imitated | None:
    """From the first mark of a chat to the last one; a single one reaches to that end of the text where words are."""
    if not any(cue in lowered for cue in _CUES):
        return None
    marks = list(_MARKS.finditer(text))
    if not marks:
        return None
    first, last = marks[0], marks[-1]
    rest = _PART.sub("", text[last.end() :]).strip(" \t\n\"'}]),.-=*#~")
    closed = _CLOSES.fullmatch(last.group()) is not None
    if len(marks) == 1 and closed and not rest:
        return Imitated(0, len(text), False)
    complete = (len(marks) > 1 and closed) or first.group().startswith(("<!", "!"))
    return Imitated(first.start(), last.end() if complete else len(text), not (complete or rest))


def may_turn(lowered: str) -> bool:
    """Whether the name of a part in a chat stands before a colon in a text in small letters."""
    return (":" in lowered or "：" in lowered) and _NAMED.search(lowered) is not None


def is_turn(sentence: str, rest: str, *, after_order: bool = False) -> bool:
    """Whether ``sentence`` opens a turn of a chat; ``rest`` is the paragraph from its start on.

    "System: how it works" and "Assistant: Maria Kolb. Director: Jan Weiss." do not.
    """
    found = _ROLE.match(sentence) and _ROLE.match(rest)
    if not found:
        return False
    said = found["said"]
    if after_order or (found["sure"] and _STATED.match(said)) or _SECOND_TURN.search(said):
        return True
    if _CREDITS.search(said):
        return False
    if found["chat"] and _SAID.match(said):
        return True
    if found["chat"] and _TO_A_MODEL.search(said):
        return True
    return _OF_A_MODEL.search(said) is not None
