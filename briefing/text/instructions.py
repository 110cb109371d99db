"""Sentences that give orders to a reading machine: prompt injection (Greshake et al., 2023).

Such a sentence must not become citable, so a model never gets to read it. News about the matter stays: a phrase in
quotation marks that a sentence reports on, or that is told in the past or of somebody else, gives no order to
the reader. Wording that is new, images of text and other scripts' look-alike letters are not caught.
"""

from __future__ import annotations

import binascii
from typing import NamedTuple

import regex

from briefing.text.sentences import sentences


class Order(NamedTuple):
    """Where an order stands in a paragraph, and what it is, in words."""

    start: int
    end: int
    detail: str


_I = regex.IGNORECASE
_MACHINE = (
    r"(?:a\.?i\.?|llms?|(?:large |ai )?language models?|chat ?bots?|(?:ai |digital |virtual )?assistants?|chatgpt"
    r"|gpt|claude"
    r"|gemini|copilot|ai (?:models?|systems?|agents?|readers?|tools?|summari[sz]ers?|assistants?)|(?:automated|machine)"
    r" (?:readers?|systems?|agents?|summari[sz]ers?)|summari[sz]ers?|bots?|crawlers?|sprachmodelle?|ki(?:-\p{L}+)?"
    r"|(?:ia|modèles? de langage|modelos? de lenguaje|modelos? de linguagem|modell[oi] linguistic[oi]"
    r"|taalmodel(?:len)?))"
)
_ANSWER = r"(?:answer|response|reply|summary|summari[sz]ation|output|brief|report|completion)"
# Where an order begins: at the start of a clause, or after words that turn to the reader.
_TURN = (
    r"(?:^|[.:;!?,—–*#>\])\"“”'‘’(-]\s*|\b(?:please|now|kindly|you(?: must| should| will| are to)?|you to|sure to"
    r"|remember to"
    rf"|bitte|por favor|s['’]il (?:te|vous) plaît|{_MACHINE},?(?: must| should| shall)?),?\s+)"
)
_BEFORE = (
    r"(?:all|any|every|everything|the|your|these|those|my|of|previous|prior|above|earlier|preceding|foregoing|existing"
    r"|original|system|other|initial|former|and|or|below|following|safety)"
)
_RULES = (
    r"(?:instructions?|prompts?|directions?|directives?|rules?|guidelines?|commands?|messages?|constraints?|orders)"
)
_ORDERS = tuple(
    (detail, regex.compile(pattern, _I))
    for detail, pattern in (
        (
            "tells a model to ignore its instructions",
            rf"{_TURN}(?:ignore|disregard|forget|override|bypass|discard|do not follow|don['’]t follow|stop following)"
            rf"\s+(?:{_BEFORE}\s+){{1,5}}(?:\p{{L}}+\s+)?(?:{_RULES}|text|context|content|article)\b"
            r"|"
            rf"{_TURN}(?:ignore|disregard|forget)\s+(?:everything|all|anything|what(?:ever)?)\b.{{0,30}}\b(?:above"
            rf"|below|before"
            r"|you were told|previously|so far|prior)\b|"
            rf"{_TURN}(?:ignore|disregard) (?:the )?(?:above|below)\b",
        ),
        (
            "tells a model to ignore its instructions",
            rf"{_TURN}(?:ignorier(?:e|en sie|t)?|vergiss|vergesst|vergessen sie|missachte)\s.{{0,40}}"
            r"(?:anweisung|instruktion|befehl|regeln|vorgaben|prompt)|"
            rf"{_TURN}(?:ignore[zs]?|oublie[zs]?|ne (?:tiens|tenez) (?:pas"
            rf"|aucun) compte)\s.{{0,40}}(?:instructions|consignes"
            r"|directives)|"
            rf"{_TURN}(?:ignor[ae]d?|olvid[ae]|haz caso omiso|desconsider[ae]|esqueça|dimentica(?:te)?"
            rf"|ignorate)\s.{{0,40}}"
            r"(?:instrucciones|órdenes|indicaciones|instruções|ordens|istruzioni|regole)|"
            rf"{_TURN}(?:negeer|vergeet)\s.{{0,40}}(?:instructies|opdrachten|aanwijzingen)|"
            rf"{_TURN}(?:zignoruj|ignoruj|zapomnij|pomiń)\s.{{0,40}}(?:instrukcj|poleceni)|"
            rf"{_TURN}(?:проигнорируй|игнорируй|забудь)(?:те)?\s.{{0,40}}(?:инструкц|указани|команд)|"
            r"(?:忽略|无视|無視|忽視|忘记|忘掉|不要理会).{0,12}(?:指令|指示|命令|提示|规则|規則)|"
            r"(?:これまで|以前|上記|前|すべて|全て|今まで)の.{0,10}(?:指示|命令|プロンプト).{0,4}(?:無視し[てろ]|無視せよ|忘れ[てろ])|"
            r"(?:이전|위의|모든).{0,8}(?:지시|명령|프롬프트).{0,6}(?:무시하|잊어)|"
            r"(?:تجاهل|تجاهلي|تجاهلوا|انس)\s.{0,30}(?:التعليمات|الأوامر|التوجيهات)",
        ),
        (
            "addresses a language model",
            rf"(?:note|message|attention|instructions?|notice|warning|hint|reminder|memo|hinweis|nota?"
            rf"|avis)\s+(?:to|for|an|für"
            rf"|aux?|à|para|per|voor)\s+(?:all |any |the |every |alle |las |los |les "
            rf"|other )?{_MACHINE}\b\W*(?:[:,—–-]|\breading"
            r"|\bprocessing|\bthat\b|\bwho\b|$)|"
            rf"^\W*(?:attention|hello|hey|dear|hi),? (?:all |any )?{_MACHINE}\b|"
            rf"\bif you(?:['’]re| are)? (?:\p{{L}}+ )?(?:an? |the )?{_MACHINE}\b|"
            rf"\bas an? {_MACHINE},? you (?:must|should|have to|will|are)\b|"
            rf"\b{_MACHINE},? (?:that (?:is|are) )?(?:reading|processing|summari[sz]ing|parsing|scraping) this\b|"
            r"\bwhen(?:ever)? (?:you )?(?:summari[sz]ing|summari[sz]e|processing|process|citing|cite) this\b.{0,40}"
            r"(?:,|\byou\b|\balways\b|\bmust\b)|"
            r"\bwenn du (?:ein |eine )?(?:ki|sprachmodell|assistent)|\bfalls du (?:ein |eine )?(?:ki|sprachmodell)|"
            r"\bsi (?:tu es|vous êtes) (?:une? )?(?:ia|intelligence artificielle|modèle de langage|assistant)|"
            r"\bsi (?:eres|usted es) (?:un |una )?(?:ia|modelo de lenguaje|asistente|inteligencia artificial)|"
            r"\bse (?:sei|você é|você for|és) (?:un |um |uma |una )?(?:['’]?ia\b|modello linguistico"
            r"|modelo de linguagem"
            r"|assistente)|"
            r"\bals je een (?:ai|taalmodel|assistent)|\bjeśli jesteś (?:modelem|asystentem|sztuczną)|"
            r"если (?:ты|вы) (?:языков|ии\b|искусственн|ассистент)|"
            r"(?:如果|若)[你您]是.{0,6}(?:人工智能|语言模型|AI|助手)|"
            r"(?:あなたが|もし).{0,6}(?:AI|言語モデル|アシスタント)(?:なら|である|の場合)|"
            r"إذا كنت.{0,20}(?:نموذج|ذكاء|مساعد)",
        ),
        (
            "speaks as the system or the assistant of a chat",
            r"^\W*(?:assistant|ai|chatbot)\s*:\s|^\W*(?:new |updated )?(?:system|admin|developer)\s*(?:message"
            r"|prompt|note|override"
            r"|update|instructions?)?\s*:\s*(?:you\b|your\b|ignore|disregard|from now|the user|respond|answer"
            r"|reply|write|output"
            r"|always|never|do not|please|override|new\b|print|say\b|add\b|include\b|return\b)|"
            r"#{1,6}\s*(?:new )?(?:instructions?|system|response|prompt|assistant|user|input)\b\W{0,3}|"
            r"^\W*(?:new|updated|revised|real|actual|additional) instructions?\s*:|"
            r"\{\s*\"role\"\s*:\s*\"(?:system|assistant|user)\"",
        ),
        (
            "gives a model a new role",
            rf"{_TURN}(?:enter|enable|activate|switch (?:in)?to|engage|turn on) (?:developer|debug|dan|god"
            rf"|jailbreak|admin"
            r"|maintenance|unrestricted|root) mode\b|"
            r"\byou are (?:now )?(?:in )?(?:developer|debug|dan|god|jailbreak|admin|maintenance|unrestricted) mode\b|"
            rf"\byou are (?:now |actually )?(?:an? |the )?(?:\p{{L}}+ ){{0,2}}{_MACHINE}(?:$|[\s.,;:!])|"
            r"\byou are now (?:dan\b|free (?:of|from)|no longer bound|unrestricted)|"
            r"\bfrom now on,? (?:you (?:are|will|must)|always|respond|answer|reply|write)\b|"
            r"\byour (?:new|real|only|actual) (?:task|goal|instructions?|role|job|objective|purpose|system prompt)\b|"
            r"\bdeveloper mode (?:is |has been )?(?:enabled|activated|on)\b(?=.*\b(?:you|your|output|respond"
            r"|answer)\b)|"
            r"\bdu bist (?:jetzt|nun|ab sofort) (?:ein|eine|im)\b.{0,30}(?:ki|assistent|modus|modell)"
            r"|\bentwicklermodus aktiv",
        ),
        (
            "orders what to print",
            rf"\b(?:in|to|into|of|at the (?:top|end|start|beginning) of|begin|start|end|finish|conclude"
            rf"|append .{{1,80}} to) your"
            rf" (?:\p{{L}}+ )?{_ANSWER}\b|\byour (?:\p{{L}}+ )?{_ANSWER} (?:must|should|shall|has to|needs to|will)\b|"
            rf"{_TURN}(?:add|include|insert|append|put|place|embed) (?:this|the following|these|a"
            rf"|the) (?:\p{{L}}+ )?(?:link|url"
            rf"|image|sentence|text|json|code|paragraph|line)\b.{{0,80}}\b(?:{_ANSWER}|brief|answer|reader)|"
            rf"{_TURN}(?:add|include|insert|append|put|embed) (?:this|the following) (?:link|url|image|markdown)\b|"
            rf"{_TURN}(?:return|output|print|respond with|reply with|generate|give|write|answer with)\s+(?:only "
            rf"|exactly |just"
            r" |nothing but )*(?:\d+|two|three|four|five|six|seven|ten|a few|some) random\b|"
            rf"{_TURN}(?:repeat|reveal|print|show|output|disclose|display|leak|tell me|quote|recite"
            rf"|share)\s+(?:me )?(?:your|the)"
            r"\s+(?:\p{L}+ ){0,3}(?:system prompt|prompt|system message|hidden instructions|initial instructions"
            r"|instructions)\b|"
            rf"{_TURN}(?:copy|output|return|print|paste|emit|reproduce)\s+(?:exactly )?(?:this|the following"
            rf"|the below)\s+(?:exact"
            r" )?(?:json|text|code|block|string|object|sentence|yaml|xml)\b|"
            rf"{_TURN}(?:respond|reply|answer)\s+(?:only |exclusively |just )?(?:with|in|by)\b.{{0,60}}(?:json"
            rf"|only|exactly|the word"
            r"|nothing else|\bpirate\b)|"
            r"\b(?:answer|respond|reply|output) only (?:with|in)\b",
        ),
        (
            "tells a model which sources to trust",
            r"\b(?:this|the (?:following|above|present)) (?:page|article|text|source|document|site)? ?(?:is"
            r"|as) the (?:only|single|sole)"
            r" (?:trustworthy|reliable|credible|trusted|valid|correct|accurate|authoritative) (?:source|one"
            r"|article|document)\b|"
            rf"{_TURN}(?:do not|don['’]t|never) (?:mention|cite|use|trust|include|quote|rely on) (?:any |the "
            rf"|all )?other"
            r" (?:sources?|articles?|documents?|texts?|passages?)\b|"
            rf"{_TURN}(?:treat|consider|regard) (?:all |any |every )?(?:the )?other (?:sources?|articles?"
            rf"|documents?|passages?) as"
            r" (?:false|fake|wrong|unreliable|lies)\b|"
            rf"{_TURN}(?:cite|trust|use) only this (?:page|article|source|text|document)\b",
        ),
        (
            "begs a model",
            r"\b(?:i beg you|i(?:['’]ll| will) (?:lose my|be fired|die)|(?:my|our) (?:job|life|career|grand\p{L}+"
            r"|mother|daughter|son"
            r"|family)\b.{0,60}\b(?:depends?|used to|will die|dying)|lives depend)\b"
            r"(?=.*\b(?:you|please)\b)(?=.*\b(?:write|include|say|mention|summar\p{L}+|recommend|output|print"
            r"|read this)\b)",
        ),
    )
)
_MARKS = regex.compile(
    r"<\|[a-z_ ]{2,24}\|>|\[/?INST\]|<</?SYS>>|<!--.*?-->|</?(?:system|assistant|user|instructions?"
    r"|prompt)\b[^>]{0,20}>"
    r"|</(?:article|articles|document|documents|source|sources|context|passage|passages|data|input|text|content)>"
    r"|!\[[^\]]*\]\([^)]*[?{][^)]*\)|(?:^|\n)\s*(?:Human|User): .{0,200}\bAssistant:",
    _I | regex.DOTALL,
)
_BLOB = regex.compile(r"(?<![\w/.%=&?-])[A-Za-z0-9+/]{24,}={0,2}(?![\w/])")
_SPACED = regex.compile(r"(?<!\p{L})\p{L}(?:[ \u00a0._-]{1,3}\p{L}(?!\p{L})){9,}")
_SPACED_ORDER = regex.compile(
    r"(?:ignore|disregard|forget)\p{L}*(?:instruction|prompt|previous|above|rules)|systemprompt|languagemodel", _I
)
# After an order, more of it: sentences that go on in the imperative.
_MORE = regex.compile(
    r"^\W*(?:(?:then|instead|also|now|and|please|next|finally)\b,?\s*)?(?:write|say|state|output|return|respond"
    r"|reply|print|include"
    r"|add|replace|mention|repeat|summari[sz]e|claim|tell|treat|cite|insert|append|begin|pretend|act as|answer"
    r"|do not|don['’]t"
    r"|never|always|you (?:must|should|are|will|may|can)|your\b|only (?:say|write|output)|schreibe?|gib|antworte|sage?"
    r"|écris|écrivez|réponds|répondez|escribe|escriba|responde|di|scrivi|rispondi|escreva|schrijf|napisz"
    r"|напиши(?:те)?)\b",
    _I,
)
_QUOTED = regex.compile(r"[\"“„«][^\"“”„«»]{3,120}[\"”“»]|(?<!\w)[‘'][^'‘’]{3,120}[’'](?!\w)")
_REPORTING = regex.compile(
    r"\b(?:said|says|told|phrase|words?|wrote|showed|shown|found|called|tricked?|fool(?:s|ed)?|attack(?:s|ers?"
    r"|ed)?|hidden|hid"
    r"|researchers?|prompt injection|command|typed|tweeted|posted|replied|answered|asked|sagte|schrieb|a (?:dit"
    r"|écrit)|dijo"
    r"|escribió|ha detto)\b",
    _I,
)
_CUES = (
    "ignor", "disregard", "forget", "overrid", "bypass", "discard", "instruct", "prompt", "assistant", "language model",
    "llm", "chatbot", "gpt", "claude", "gemini", "copilot", "summar", "your ", "you are", "mode", "system", "random",
    "<|", "[inst", "<<", "</", "<!--", "![", "json", "###", "from now on", "{", "other sources", "other articles",
    "trustworthy", "only source", "reliable", "i beg", "depend", "i will", "follow", "sprachmodell", "anweisung", "consignes",
    "directives", "olvid", "omiso", "órdenes", "dimentica", "istruzioni", "esqueça", "desconsider", "negeer", "vergeet",
    "zapomnij", "pomiń", "инструкц", "указани", "команд", "языков", "指令", "指示", "命令", "提示", "プロンプト",
    "语言模型",
    "助手", "言語モデル", "アシスタント", "지시", "명령", "프롬프트", "تعليمات", "الأوامر", "إذا كنت", "modèle de langage",
    "intelligence artificielle", "inteligencia artificial", "modelo de", "modello", "taalmodel", "asystentem",
    " ai ", " ai:", " ai,", "ais ", "bots", "link", "url", "this page", "this article",
)  # fmt: skip
_INVISIBLE = regex.compile(r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\U000e0000-\U000e007f]")

# The invisible twins of ASCII; longer runs than the name of a region in a flag are text.
_SMUGGLED = regex.compile(r"[\U000e0020-\U000e007e]{8,}(?:.*[\U000e0020-\U000e007e])?", regex.DOTALL)


def instructions(paragraph: str, language: str = "en", *, after_order: bool = False) -> tuple[Order, ...]:
    """The orders in ``paragraph``, each one or more whole sentences, in order.

    ``after_order`` says that the paragraph before was all orders, so that this one may carry on.
    """
    smuggled = _SMUGGLED.search(paragraph)
    if smuggled:
        return (Order(smuggled.start(), smuggled.end(), "hides text in characters that nobody sees"),)
    seen, origin = _visible(paragraph)
    lowered = seen.lower()
    if not after_order and not any(cue in lowered for cue in _CUES) and not _BLOB.search(seen):
        return _spaced(seen, origin)
    marked = [m for m in _MARKS.finditer(seen) if m.end() > m.start()]
    if marked:
        # What stands between two marks is the payload; a single mark opens one that runs to the end.
        last = marked[-1].end() if len(marked) > 1 or marked[0].group().startswith(("<!", "!")) else len(seen)
        return (Order(origin[marked[0].start()], origin[last - 1] + 1, "imitates the marks of a chat"),)
    found = list(_spaced(seen, origin))
    armed = after_order
    for start, end in sentences(seen, language):
        sentence = seen[start:end]
        detail = _order(sentence) or ("goes on with the order before" if armed and _MORE.match(sentence) else "")
        armed = bool(detail)
        if detail:
            found.append(Order(origin[start], origin[end - 1] + 1, detail))
    apart: list[Order] = []
    for order in sorted(found):
        if not apart or order.start >= apart[-1].end:
            apart.append(order)
        elif order.end > apart[-1].end:
            apart[-1] = apart[-1]._replace(end=order.end)
    return tuple(apart)


def _order(sentence: str) -> str:
    """What order ``sentence`` gives to a machine, in words; empty when it gives none."""
    for blob in _BLOB.findall(sentence):
        if _hides_text(blob):
            return "hides text in base64"
    for detail, pattern in _ORDERS:
        for match in pattern.finditer(sentence):
            if not _reported(sentence, match.start(), match.end()):
                return detail
    return ""


def _reported(sentence: str, start: int, end: int) -> bool:
    """Whether the words stand in quotation marks within a sentence that reports on them."""
    for quote in _QUOTED.finditer(sentence):
        if quote.start() <= start + 1 and end <= quote.end() + 1:
            around = sentence[: quote.start()] + " " + sentence[quote.end() :]
            return len(around.split()) >= 2 and _REPORTING.search(around) is not None
    return False


def _hides_text(blob: str) -> bool:
    try:
        plain = binascii.a2b_base64(blob + "=" * (-len(blob) % 4)).decode("ascii")
    except (binascii.Error, UnicodeDecodeError):
        return False
    return plain.isprintable() and " " in plain


def _spaced(seen: str, origin: list[int]) -> tuple[Order, ...]:
    """Orders whose letters are set apart."""
    return tuple(
        Order(origin[m.start()], origin[m.end() - 1] + 1, "sets the letters of an order apart")
        for m in _SPACED.finditer(seen)
        if _SPACED_ORDER.search("".join(c for c in m.group() if c.isalpha()))
    )


def _visible(paragraph: str) -> tuple[str, list[int]]:
    """``paragraph`` without characters that nobody sees, and where each of its characters stood."""
    if paragraph.isascii() or not _INVISIBLE.search(paragraph):
        return paragraph, list(range(len(paragraph)))
    places = [i for i, c in enumerate(paragraph) if not _INVISIBLE.match(c)]
    return "".join(paragraph[i] for i in places), places
