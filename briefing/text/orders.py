"""The wording of orders to a language model, as far as it is fixed.

English first; the core phrases also in German, French, Spanish, Italian, Portuguese, Dutch, Polish, Russian,
Chinese, Japanese, Korean and Arabic.
"""

from __future__ import annotations

from typing import NamedTuple

import regex


class Wording(NamedTuple):
    """A pattern for lower-cased text. What it finds is an order only where it turns to the reader (with ``turn``), or
    where a sentence or what a colon opens begins (with ``start``)."""

    pattern: regex.Pattern[str]
    turn: bool
    start: bool


class Form(NamedTuple):
    """One way to give orders.

    Of each set of ``cues``, every such text in Latin letters holds a word; to look for one is cheap.
    """

    detail: str
    cues: tuple[frozenset[str], ...]
    wordings: tuple[Wording, ...]


MACHINE = (
    r"(?:a\.?i\.?|llms?|(?:large |ai )?language models?|chat ?bots?|(?:ai |digital |virtual )?assistants?|chatgpt"
    r"|gpt|claude"
    r"|gemini|copilot|ai (?:models?|systems?|agents?|readers?|tools?|summari[sz]ers?|assistants?)|(?:automated|machine)"
    r" (?:readers?|systems?|agents?|summari[sz]ers?)|summari[sz]ers?|bots?|crawlers?|sprachmodelle?|ki(?:-\p{L}+)?"
    r"|(?:ia|modèles? de langage|modelos? de lenguaje|modelos? de linguagem|modell[oi] linguistic[oi]"
    r"|taalmodel(?:len)?|assistants? (?:d['’])?ia|asistentes?(?: de)? ia|assistenti(?: di)? ia|asistentes?"
    r"|modelos? de ia|modèles? d['’]ia))"
)
# Those among them that a text may well speak about turn up in orders in these words.
_READER = (
    r"(?:(?:ai|llm|machine|automated) (?:readers?|summari[sz]ers?)|summari[sz]ers|llms|chat ?bots|large language models"
    r"|language models|ai (?:models|systems|agents|tools|assistants))"
)
_TELL = (
    r"(?:write|state|say|mention|describe|report|recommend|call|treat|replace|omit|leave out|add|include|put|praise"
    r"|cite|name|print|present|portray|stress|emphasi[sz]e|conclude|refer to|rate|list|claim|use|do not|don['’]t)"
)
_THIS = r"this (?:news |web )?(?:article|page|text|document|story|passage|source|content|website|site)"
# What people say that machines ought to do is news. An attribution is easily added to an order, so it
# excuses no more than these wordings.
UNSAID = (
    r"(?!.*[,”\"]\s(?:[\p{L}\d.’'-]+\s){0,6}?(?:said|says|say|told|wrote|writes|argued?|argues|states?|stated|ruled"
    r"|rules|demand\p{L}*|warn\p{L}*|show\p{L}*|found|added|put it|puts it|according to|suggest\p{L}*|sagte"
    r"|schrieb|forderte|erklärte|heißt"
    r"|(?:a|ont) (?:dit|déclaré|demandé|écrit)|selon|dijo|dice|pidió|escribió|según)\b)"
)
_ANSWER = r"(?:answer|response|reply|summary|summari[sz]ation|output|brief|report|completion)"
# An order begins where a clause does, or after words that turn to the reader. The mark in a pattern says that this
# is to be checked: looking back from the few matches is cheaper than looking ahead from every place.
TURN = r"(?#turn)\b"
START = r"(?#start)\b"
_BEFORE = (
    r"(?:all|any|every|everything|the|your|these|those|my|of|previous|prior|above|earlier|preceding|foregoing|existing"
    r"|original|system|other|initial|former|and|or|below|following|safety)"
)
_RULES = (
    r"(?:instructions?|prompts?|directions?|directives?|rules?|guidelines?|commands?|messages?|constraints?|orders)"
)


def forms(*rows: tuple[str, ...]) -> tuple[Form, ...]:
    """Forms of rows: the detail, the sets of cues with a bar between them, and the patterns."""
    return tuple(
        Form(
            detail,
            tuple(frozenset(words.split()) for words in cues.split(" | ")),
            tuple(Wording(regex.compile(p), p.startswith(TURN), p.startswith(START)) for p in patterns),
        )
        for detail, cues, *patterns in rows
    )


FORMS = forms(
    (
        "tells a model to ignore its instructions",
        "ignore disregard forget override bypass discard follow following",
        rf"{TURN}(?:ignore|disregard|forget|override|bypass|discard|do not follow|don['’]t follow|stop following)"
        r"(?=[^.]{0,60}\b(?:all|any|every|everything|previous|prior|above|earlier|preceding|foregoing"
        r"|existing|original"
        r"|system|other|initial|below|your|safety)\b)"
        rf"\s+(?:{_BEFORE}\s+){{1,5}}(?:\p{{L}}+\s+)?(?:{_RULES}|text|context|content|article)\b",
        rf"{TURN}(?:ignore|disregard|forget)\s+(?:everything|all|anything|what(?:ever)?)\b.{{0,30}}\b(?:above"
        rf"|below|before"
        r"|you were told|previously|so far|prior)\b",
        rf"{TURN}(?:ignore|disregard) (?:the )?(?:above|below)\b",
    ),
    (
        "tells a model to ignore its instructions",
        "ignoriere ignorieren ignoriert vergiss vergesst vergessen missachte veuillez ignorez ignores ignore"
        " oublie oubliez tiens tenez ignora ignorad olvida olvide haz desconsidera desconsidere esqueça"
        " dimentica dimenticate ignorate negeer vergeet zignoruj ignoruj zapomnij pomiń",
        rf"{TURN}(?:vergiss|vergesst|vergessen sie|ignorier(?:e|en sie)) alles\b.{{0,30}}(?:oben|bisher"
        rf"|vorher|gesagt)",
        rf"{TURN}(?:ignorier(?:e|en sie|t)?|vergiss|vergesst|vergessen sie|missachte)\s.{{0,40}}"
        r"(?:anweisung|instruktion|befehl|regeln|vorgaben|prompt)",
        rf"{TURN}(?:ignore[zs]?|veuillez ignorer|oublie[zs]?|ne (?:tiens|tenez) (?:pas"
        rf"|aucun) compte)\s.{{0,40}}(?:instructions|consignes"
        r"|directives)",
        rf"{TURN}(?:ignor[ae]d?|olvid[ae]|haz caso omiso|desconsider[ae]|esqueça|dimentica(?:te)?"
        rf"|ignorate)\s.{{0,40}}"
        r"(?:instrucciones|órdenes|indicaciones|reglas anteriores|instruções|ordens|regras anteriores"
        r"|istruzioni|regole)",
        rf"{TURN}(?:negeer|vergeet)\s.{{0,40}}(?:instructies|opdrachten|aanwijzingen)",
        rf"{TURN}(?:zignoruj|ignoruj|zapomnij|pomiń)\s.{{0,40}}(?:instrukcj|poleceni)",
        rf"{TURN}(?:проигнорируй|игнорируй|забудь)(?:те)?\s.{{0,40}}(?:инструкц|указани|команд)",
        r"(?:忽略|无视|無視|忽視|忘记|忘掉|不要理会).{0,12}(?:指令|指示|命令|提示|规则|規則)",
        r"(?:これまで|以前|上記|前|すべて|全て|今まで)の.{0,10}(?:指示|命令|プロンプト).{0,4}(?:無視し[てろ]|無視せよ|忘れ[てろ])",
        r"(?:이전|위의|모든).{0,8}(?:지시|명령|프롬프트).{0,6}(?:무시하|잊어)",
        r"(?:تجاهل|تجاهلي|تجاهلوا|انس)\s.{0,30}(?:التعليمات|الأوامر|التوجيهات)",
    ),
    (
        "addresses a language model",
        "ai llm llms language bot bots chatbot chatbots assistant assistants chatgpt gpt claude gemini"
        " copilot automated summarizer summarizers summariser crawler crawlers summary summaries summarize"
        " summarise summarizing summarising"
        " summarized summarised citing cite processing process sprachmodell sprachmodelle ki ia"
        " asistentes assistenti langage lenguaje linguagem linguistico taalmodel asistente assistente"
        " assistent inteligencia intelligence modelem asystentem sztuczną | this do don never stop skip ignore"
        " write report say include mention add state output print if you note message attention instruction"
        " instructions notice warning hint reminder memo hello hey hi dear hinweis nota avis wenn falls si se"
        " als jeśli always never please replace omit leave praise describe name must put recommend",
        rf"(?:note|message|attention|instructions?|notice|warning|hint|reminder|memo|hinweis|nota?"
        rf"|avis)\s+(?:to|for|an|für"
        rf"|aux?|à|para|per|voor)\s+(?:all |any |the |every |alle |las |los |les "
        rf"|other )?{MACHINE}\b\W*(?:[:,—–-]|\breading"
        r"|\bprocessing|\bthat\b|\bwho\b|$)",
        rf"{TURN}(?:attention|hello|hey|dear|hi),? (?:all |any )?{MACHINE}\b",
        rf"{TURN}{MACHINE}\s?[:,] (?:(?:please|always|never) )?(?:skip|ignore|output|please|you|{_TELL})\b"
        r"(?! (?:on|of|for|shows?|says?|finds?|found|warns?)\b)",
        rf"\bif you(?:['’]re| are)? (?:\p{{L}}+ )?(?:an? |the )?{MACHINE}(?=\s*[,.;:!]|\s+(?:reading"
        rf"|processing|that|model|system|and|or|you"
        r"|please|then)\b|$)",
        r"\b(?:summary|summaries|summari[sz]ation) of this (?:article|page|text|document|story) (?:must"
        r"|should|shall|has to"
        r"|needs to)\b",
        rf"{TURN}(?:stop|do not|don['’]t|never) summari[sz](?:e|ing)\b",
        rf"\bas an? {MACHINE},? you (?:must|should|have to|will|are)\b",
        rf"{TURN}as an? {MACHINE}, (?:(?:please|always|never|be sure to|remember to) ){{0,2}}{_TELL}\b",
        rf"\byou, (?:the|an?|as (?:the|an?)) {MACHINE}, (?:must|should|shall|have to|will|are)\b",
        rf"\b{MACHINE},? (?:that (?:is|are) )?(?:reading|processing|summari[sz]ing|parsing|scraping) this\b",
        r"\b(?:when(?:ever)?|while|if|before|in) (?:you )?(?:are )?(?:summari[sz](?:ing|e)|process(?:ing)?"
        rf"|cit(?:ing|e)) (?:{_THIS}\b|this(?=[,:])).{{0,40}}(?:[,:]|\byou\b|\balways\b|\bmust\b)",
        rf"\bif {_THIS} is (?:being )?(?:summari[sz]ed|processed|cited)\b.{{0,20}},",
        rf"\bin (?:any|every|each|all|the|your) (?:summary|summaries|summari[sz]ation) of {_THIS},?"
        rf" (?:please |always )?{_TELL}\b",
        r"\bwenn du (?:ein |eine )?(?:ki|sprachmodell|assistent)|\bfalls du (?:ein |eine )?(?:ki|sprachmodell)",
        r"\bsi (?:tu es|vous êtes) (?:une? )?(?:ia|intelligence artificielle|modèle de langage|assistant)",
        r"\bsi (?:eres|usted es) (?:un |una )?(?:ia|modelo de lenguaje|asistente|inteligencia artificial)",
        r"\bse (?:sei|você é|você for|és) (?:un |um |uma |una )?(?:['’]?ia\b|modello linguistico"
        r"|modelo de linguagem"
        r"|assistente)",
        r"\bals je een (?:ai|taalmodel|assistent)|\bjeśli jesteś (?:modelem|asystentem|sztuczną)",
        r"если (?:ты|вы) (?:языков|ии\b|искусственн|ассистент)",
        r"(?:如果|若)[你您]是.{0,6}(?:人工智能|语言模型|ai|助手)",
        r"(?:あなたが|もし).{0,6}(?:ai|言語モデル|アシスタント)(?:なら|である|の場合)",
        r"إذا كنت.{0,20}(?:نموذج|ذكاء|مساعد)",
    ),
    (
        "addresses a language model",
        "ai llm llms language chatbot chatbots summarizers summarisers machine model bot automated any every all"
        " | that this must should to for as",
        rf"{TURN}(?:to|for) (?:(?:all|any|every|the) )*{_READER}(?: reading this)?\s?[:—–]",
        rf"\b(?:{_READER}|(?:any|every|all) (?:model|machine|bot|assistant|system)s?) (?:that|which)"
        rf" (?:read|process|cite|summari[sz]e)(?:e?s)? {_THIS}\b",
        rf"\b(?:(?:ai|machine|automated) (?:readers?|summari[sz]ers?|summaries|summary)|summari[sz]ers)"
        rf" (?:must|should|shall|are to) (?:always |never )?{_TELL}\b(?!.*\b(?:they|their)\b){UNSAID}",
        rf"\b{_READER} (?:must|should|shall|are (?:instructed|told|to)"
        rf"(?: to)?) (?:always |never )?{_TELL}\b(?= that\b|.*\b(?:as|{_THIS}|the name)\b)"
        rf"(?!.*\b(?:they|their|users?)\b){UNSAID}",
    ),
    (
        "addresses a language model",
        "ki sprachmodell sprachmodelle assistent assistenten assistant ia modèle langage asistente modelo lenguaje"
        " | als tant como",
        r"\bals (?:eine? )?(?:ki|sprachmodell)(?:-\p{L}+)?,? (?:musst|sollst|darfst"
        r"|schreib|erwähn|nenn|gib|sag|antwort)",
        r"\ben tant qu(?:e |['’])(?:une? )?(?:ia|intelligence artificielle|assistant|modèle de langage)"
        r"(?: (?:d['’])?ia)?,? (?:tu |vous |ne |n['’]|indique|écri[stv]|mentionne|di(?:s|tes)\b|affirme|répond)",
        r"\bcomo (?:una? )?(?:ia|asistente|modelo de lenguaje)(?: de ia)?,? (?:debes|no |nunca |siempre |escrib[ae]"
        r"|mencion[ae]|indi(?:ca|que)|di(?:ga)?\b)",
    ),
    (
        "speaks as the system or the assistant of a chat",
        "assistant ai chatbot system admin developer instruction instructions role prompt response user input",
        rf"{TURN}(?:assistant|ai|chatbot)\s*:\s+(?:sure|certainly|of course|okay|yes|here|i\b)"
        rf"|{TURN}(?:new |updated )?(?:system|admin|developer)\s*(?:message"
        r"|prompt|note|override"
        r"|update|instructions?)?\s*:\s*(?:you\b|your\b|ignore|disregard|from now|the user|respond|answer"
        r"|reply|write|output"
        r"|always|never|do not|please|override|new\b|print|say\b|add\b|include\b|return\b)",
        r"#{1,6}\s*(?:new )?(?:instructions?|system|response|prompt|assistant|user|input)\b\W{0,3}",
        rf"{TURN}(?:new|updated|revised|real|actual|additional) instructions?\s*:",
        r"\{\s*\"role\"\s*:\s*\"(?:system|assistant|user)\"",
    ),
    (
        "gives a model a new role",
        "mode dan unrestricted bound free chatbot assistant ai model now task goal instructions role job"
        " objective purpose ki assistent modus entwicklermodus | you your mode now du entwicklermodus",
        rf"{TURN}(?:enter|enable|activate|switch (?:in)?to|engage|turn on) (?:developer|debug|dan|god"
        rf"|jailbreak|admin"
        r"|maintenance|unrestricted|root) mode\b",
        r"\byou are (?:now )?(?:in )?(?:developer|debug|dan|god|jailbreak|admin|maintenance|unrestricted) mode\b",
        rf"\byou are (?:(?:now|actually) (?:an? |the )?(?:\p{{L}}+ ){{0,2}}{MACHINE}"
        r"|(?:an? |the )(?:helpful|unrestricted"
        r"|uncensored|expert|new|ai|language|chatbot|llm) ?(?:assistant|model|chatbot|llm|agent)?)(?:$|[\s.,;:!])",
        r"\byou are now (?:dan\b|free (?:of|from)|no longer bound|unrestricted)",
        r"\bfrom now on,? (?:you (?:are|will|must)|always|respond|answer|reply|write)\b",
        r"\byour (?:task|instructions?|role|goal) (?:has|have) (?:now )?changed\b",
        r"\byour (?:new|real|only|actual) (?:task|goal|instructions?|role|job|objective|purpose|system prompt)\b",
        r"\bdeveloper mode (?:is |has been )?(?:enabled|activated|on)\b(?=.*\b(?:you|your|output|respond"
        r"|answer)\b)",
        r"\bdu bist (?:jetzt|nun|ab sofort) (?:ein|eine|im)\b.{0,30}(?:ki|assistent|modus|modell)"
        r"|\bentwicklermodus aktiv",
    ),
    (
        "orders what to print",
        "answer response reply summary summarisation summarization output brief report completion random"
        " prompt instructions message json text link url image markdown code block string object xml yaml only"
        " sentence exactly | your add include insert append put place embed return output print respond reply"
        " generate give write answer repeat reveal show disclose display leak tell quote recite share copy"
        " paste emit reproduce",
        rf"\b(?:in|to|into|of|at the (?:top|end|start|beginning) of|begin|start|end|finish|conclude"
        rf"|append .{{1,80}} to) your"
        rf" (?:\p{{L}}+ )?{_ANSWER}\b|\byour (?:\p{{L}}+ )?{_ANSWER} (?:must|should|shall|has to|needs to|will)\b",
        rf"{TURN}(?:add|include|insert|append|put|place|embed) (?:this|the following|these|a"
        rf"|the) (?:\p{{L}}+ )?(?:link|url"
        rf"|image|sentence|text|json|code|paragraph|line)\b.{{0,80}}\b(?:{_ANSWER}|brief|answer|reader)",
        rf"{TURN}(?:add|include|insert|append|put|embed) (?:this|the following) (?:link|url|image|markdown)\b",
        rf"{TURN}(?:return|output|print|respond with|reply with|generate|give|write|answer with)\s+(?:only "
        rf"|exactly |just"
        r" |nothing but )*(?:\d+|two|three|four|five|six|seven|ten|a few|some) random\b",
        rf"{TURN}(?:repeat|reveal|print|show|output|disclose|display|leak|tell me|quote|recite"
        rf"|share)\s+(?:me )?(?:your|the)"
        r"\s+(?:\p{L}+ ){0,3}(?:system prompt|prompt|system message|hidden instructions|initial instructions"
        r"|instructions)\b",
        rf"{TURN}(?:copy|output|return|print|paste|emit|reproduce)\s+(?:exactly )?(?:this|the following"
        rf"|the below)\s+(?:exact"
        r" )?(?:json|text|code|block|string|object|sentence|yaml|xml)\b",
        rf"{TURN}(?:respond|reply|answer)\s+(?:only |exclusively |just )?(?:with|in|by)\b.{{0,60}}(?:json"
        rf"|only|exactly|the word"
        r"|nothing else|\bpirate\b)",
        rf"{TURN}(?:answer|respond|reply|output) only (?:with|in)\b",
    ),
    (
        "tells a model which sources to trust",
        "trustworthy reliable credible trusted valid correct accurate authoritative other only | source"
        " sources article articles document documents passage passages text texts one page",
        r"\b(?:this|the (?:following|above|present)) (?:page|article|text|source|document|site)? ?(?:is"
        r"|as) the (?:only|single|sole)"
        r" (?:trustworthy|reliable|credible|trusted|valid|correct|accurate|authoritative) (?:source|one"
        r"|article|document)\b(?! of (?!information|truth|news|facts))",
        rf"{TURN}(?:do not|don['’]t|never) (?:mention|cite|use|trust|include|quote|rely on) (?:any |the "
        rf"|all )?other"
        r" (?:sources?|articles?|documents?|texts?|passages?)\b",
        rf"{TURN}(?:treat|consider|regard) (?:all |any |every )?(?:the )?other (?:sources?|articles?"
        rf"|documents?|passages?) as"
        r" (?:false|fake|wrong|unreliable|lies)\b",
        rf"{TURN}(?:(?:cite|trust|use) only this|use no other) (?:page|article|source|text|document)\b",
    ),
    (
        "begs a model",
        "beg job life career dying die fired lose depend depends",
        r"\b(?:i beg you|i(?:['’]ll| will) (?:lose my|be fired|die)|(?:my|our) (?:job|life|career|grand\p{L}+"
        r"|mother|daughter|son"
        r"|family)\b.{0,60}\b(?:depends?|used to|will die|dying)|lives depend)\b"
        r"(?=.*\b(?:you|please)\b)(?=.*\b(?:write|include|say|mention|summar\p{L}+|recommend|output|print"
        r"|read this)\b)",
    ),
)
