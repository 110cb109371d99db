"""The wording of demands on whoever writes about an article: what to write, and what to leave out of account."""

from __future__ import annotations

from briefing.text.orders import MACHINE, START, TURN, UNSAID, Form, forms
from briefing.text.orders_answers import ANSWER, MAKER, MUST, NOT_OF_THEM, OF_THIS, SUM_UP, SUMMARY, TEXT

# What a machine is told to do, and people seldom are.
_WRITE = (
    r"(?:say|write|output|mention|state|praise|portray|print|describe .{2,60} as|present .{2,60} as|name|report that"
    r"|claim|conclude|begin with|start with|open with)\b"
)
_SAYS = r"(?:says|names|mentions|states|calls|describes|contains|includes|begins with|opens with|praises|reports)\b"
_PROGRAM = r"(?:software|system|tool|model|program|assistant|bot|engine|algorithm|summari[sz]er|feed)"

DEMANDS: tuple[Form, ...] = forms(
    (
        "tells the reader what to write",
        "do don never | report mention write name print summarize summarise quote cite",
        rf"{START}(?:do not|don['’]t|never) (?:report|mention|write about|name|print|summari[sz]e|quote"
        rf"|cite)\b{UNSAID}",
    ),
    (
        "tells the reader what to write",
        "write output produce compose | sentence summary headline brief line paragraph",
        rf"{START}(?:write|output|produce|compose) (?:only |just )?(?:one|a|two|the|this"
        rf"|an) (?:\p{{L}}+ )?(?:sentence|summary|headline|brief|line|paragraph)\b{UNSAID}",
    ),
    (
        "tells the reader what to write",
        "ignore forget disregard skip drop | article articles text story stories passage passages source sources"
        " document documents page pages above below",
        rf"{START}(?:ignore|forget|disregard|skip|drop) (?:the|this|these|all|every|any) (?:(?:other|whole|entire"
        rf"|rest of the|remaining) )*(?:articles?|text|stor(?:y|ies)|passages?|sources?|documents?|pages?|above"
        rf"|below)\b{UNSAID}",
    ),
    (
        "tells the reader what to write",
        "pretend",
        rf"{START}pretend (?:that|to be (?:an? )?{MACHINE}|you are (?:an? )?{MACHINE})\b{UNSAID}",
    ),
    (
        "tells the reader what to write",
        "you | must should shall have are need | say write state report mention claim output print conclude describe"
        " portray present treat refer list name rank rate",
        rf"\byou (?:must|should|shall|have to|are to|need to) (?:always |only |now )?(?:(?:say|write|state|report"
        rf"|mention|claim|output|print|conclude) that\b|(?:describe|portray|present|treat|refer to|list|name|rank"
        rf"|rate)\s.{{2,60}}\bas\b){UNSAID}",
    ),
    (
        "tells the reader what to write",
        "describe portray present refer regard rank list credit | as with first",
        rf"{START}(?:describe|portray|present|refer to|regard|rank|list|credit)\s.{{2,60}}\b(?:as|with"
        rf"|first)\b{UNSAID}",
    ),
    (
        "tells the reader what to write",
        "from henceforth | here now point henceforth | treat describe call write say name use mention refer present"
        " regard",
        rf"{TURN}(?:from (?:here|now|this point)(?: on| onwards?)?|henceforth),? (?:please |always )?(?:treat"
        rf"|describe|call|write|say|name|use|mention|refer|present|regard)\b{UNSAID}",
    ),
    (
        "tells the reader what to write",
        "your | if | task job role goal",
        r"\bif your (?:task|job|role|goal) is to (?:sum|summari[sz]e|write|report|condense|digest|brief|answer)\b",
    ),
    (
        "says what a summary must hold",
        "summary summaries digest digests brief briefs briefing headline headlines output outputs text answer answers"
        " completion synopsis recap | unless without important essential crucial required vital mandatory incomplete"
        " imperative must",
        rf"\b(?:{SUMMARY}|{ANSWER}|(?:generated|final|finished|resulting) text)\b.{{0,40}}\bunless (?:it"
        rf"|they) {_SAYS}{UNSAID}",
        rf"{TURN}(?:the|your|any|every|each|no) (?:\p{{L}}+ )?{SUMMARY}{OF_THIS}? (?:must|should|may"
        rf"|can) (?:not )?be (?:complete |correct |printed |published )?(?:without|unless)\b{UNSAID}",
        rf"\b(?:important|essential|crucial|required|vital|mandatory|imperative) that (?:the|your|any|every"
        rf"|each) (?:\p{{L}}+ )?(?:{SUMMARY}|{ANSWER}|(?:generated|final|finished"
        rf"|resulting) text){OF_THIS}? (?:{_SAYS}|{_WRITE}){UNSAID}",
    ),
    (
        "sets rules for those who sum it up",
        "ai llm llms language bot bots chatbot chatbots assistant assistants automated automatic machine machines"
        " aggregator aggregators summarizer summarizers summariser summarisers summarisation summarization model"
        " software system tool program engine algorithm feed search claude gemini gpt chatgpt copilot | must should"
        " shall will obliges oblige requires require asks ask requests request instructs that which who in your | say"
        " write state report claim output mention praise portray begin this it to are",
        rf"{TURN}(?:the|this|any|every) (?:(?:ai|language) )?(?:model|assistant|chatbot|bot|ai|system) (?:{MUST}"
        rf"|will now )"
        r"(?:(?:say|write|state|report|claim) that\b|output\s?[:\"“]|output only\b|(?:not )?mention (?!that it\b)"
        rf"|praise\b|portray\b|begin with\b){NOT_OF_THEM}{UNSAID}",
        rf"\b{MAKER} (?:that|which|who) {SUM_UP}\p{{L}}* (?:it|this(?: {TEXT})?)\b",
        rf"{TURN}(?:this|the) (?:\p{{L}}+ )?(?:oblig(?:es?|ates?)|requires?|asks?|requests?|instructs?) (?:every|all"
        rf"|any|each) {MAKER} to {_WRITE}{UNSAID}",
        rf"\b(?:ask|request|want|need|urge|beg|expect) your {_PROGRAM} to\b",
        rf"\breaders (?:who|that) are (?:machines|bots|{MACHINE})\b",
        rf"{TURN}(?:\p{{L}}+ ){{0,4}}in (?:ai|llm|chatbot) (?:search|answers|results|overviews"
        rf"|summaries), (?:please )?{_WRITE}",
    ),
)
