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
_PROGRAM = r"(?:software|system|tool|model|program|engine|algorithm|summari[sz]er|feed)"

DEMANDS: tuple[Form, ...] = forms(
    (
        "tells the reader what to write",
        "write output produce compose print repeat use quote cite say | sentence summary headline brief line only"
        " this following words word text",
        rf"{START}(?:write|output|produce|compose) (?:only |just )?(?:one|a|two|the|this"
        rf"|an) (?:\p{{L}}+ )?(?:sentence|summary|headline|brief|line|paragraph)(?=\s?[:\"“]| (?:that|saying|in which"
        rf"|naming|calling|praising)\b){UNSAID}",
        rf"{START}(?:write|print|repeat|use|quote|cite|say|output) (?:only )?(?:this|the following)(?: (?:sentence"
        rf"|headline|words?|text|line|summary))?\s?:{UNSAID}",
    ),
    (
        "tells the reader what to write",
        "answer respond reply | with",
        rf"{START}(?:answer|respond|reply) with (?:the|this|one|a)(?: (?:single|one|only))? (?:words?|sentence|phrase"
        rf"|name|line|text)\b{UNSAID}",
    ),
    (
        "tells the reader what to write",
        "ignore forget disregard skip drop | article articles stories texts passages sources documents pages above"
        " below",
        rf"{START}(?:ignore|forget|disregard|skip|drop) (?:what (?:the|this) article (?:says|said)|(?:the|this|these"
        rf"|all|every|any) (?:(?:(?:other|whole|entire|rest of the|remaining) )*(?:articles?|stories|texts|passages"
        rf"|sources|documents|pages)|above|below))\b{UNSAID}",
    ),
    (
        "tells the reader what to write",
        "pretend",
        rf"{START}pretend (?:that|to be (?:an? )?{MACHINE}|you are (?:an? )?{MACHINE})\b{UNSAID}",
    ),
    (
        "tells the reader what to write",
        "you | must should shall have are need | say write state report mention claim output print conclude describe"
        " portray treat refer rank rate",
        rf"\byou (?:must|should|shall|have to|are to|need to) (?:always |only |now )?(?:(?:say|write|state|report"
        rf"|mention|claim|output|print|conclude) that (?!you\b|i\b)|(?:describe|portray|treat|refer to|rank"
        rf"|rate)\s.{{2,60}}\bas\b){UNSAID}",
    ),
    (
        "tells the reader what to write",
        "describe portray refer regard rank | as",
        rf"{START}(?:describe|portray|refer to|regard|rank)\s.{{2,60}}\bas (?!best you|well\b|soon\b|if\b"
        rf"|you\b){UNSAID}",
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
        "your you | task goal write orders order instruction | if have when whenever",
        r"\bif your (?:task|goal|job) is to (?:sum|summari[sz]e|condense|digest|answer)\b",
        rf"\bwhen(?:ever)? you (?:write|make|draft|produce) (?:your|the|a|an"
        rf"|any) (?:\p{{L}}+ )?{SUMMARY}(?=\W){UNSAID}",
        rf"{TURN}you have (?:a|an|one|only one) (?:new|different|single|other|only)?\s?(?:task|goal|instruction"
        rf"|order)\s?[:.]",
    ),
    (
        "tells the reader what to write",
        "summarize summarise rewrite replace change | this the every all each",
        rf"{START}(?:summari[sz]e|rewrite) (?:it|(?:this|the)(?: {TEXT})?) (?:as\b|so that\b|with\b){UNSAID}",
        rf"{START}replace (?:every|all|each) .{{2,40}} (?:with|by)\b{UNSAID}",
        rf"{START}change (?:the|every|all) (?:figures?|names?|numbers?|dates?|costs?|headline) .{{0,30}}\b(?:to"
        rf"|into)\b{UNSAID}",
    ),
    (
        "tells the reader what to write",
        "you your | text summary brief headline digest output answer response | produce write generate make sure"
        " ensure",
        rf"\bthe (?:text|summary|brief|headline|digest|output|answer|response) (?:that )?you (?:produce|write"
        rf"|generate|make) {MUST}",
        rf"{START}(?:make sure|ensure)(?: that)? your (?:\p{{L}}+ )?(?:text|{SUMMARY}|{ANSWER})\b",
    ),
    (
        "tells a model which sources to trust",
        "overrides outranks supersedes | all any every",
        rf"{TURN}this {TEXT} (?:overrides|outranks|supersedes) (?:all|any|every) others?\b{UNSAID}",
    ),
    (
        "says what a summary must hold",
        "summary summaries digest digests brief briefs briefing headline headlines output outputs text answer answers"
        " completion synopsis recap | unless without valid correct complete mentioned named stated important"
        " essential crucial required vital mandatory incomplete imperative must",
        rf"\b(?:{SUMMARY}|{ANSWER}|(?:generated|final|finished|resulting) text)\b.{{0,40}}\bunless (?:it"
        rf"|they) {_SAYS}{UNSAID}",
        rf"{TURN}(?:the|your|any|every|each|no) (?:\p{{L}}+ )?{SUMMARY}{OF_THIS}? (?:must|should|may"
        rf"|can) (?:not )?be (?:complete |correct |printed |published )?(?:without|unless)\b{UNSAID}",
        rf"\b{SUMMARY}{OF_THIS}? (?:is|are) only (?:valid|correct|complete|accurate) (?:if|when)\b{UNSAID}",
        rf"\b(?:must|should|shall|has to|is to) be (?:mentioned|named|stated|said|included|called) in (?:every|any"
        rf"|each|all|your) (?:\p{{L}}+ )?{SUMMARY}(?=\W){UNSAID}",
        rf"\b(?:important|essential|crucial|required|vital|mandatory|imperative) that (?:the|your|any|every"
        rf"|each) (?:\p{{L}}+ )?(?:{SUMMARY}|{ANSWER}|(?:generated|final|finished"
        rf"|resulting) text){OF_THIS}? (?:{_SAYS}|{_WRITE}){UNSAID}",
    ),
    (
        "sets rules for those who sum it up",
        "ai llm llms language bot bots chatbot chatbots assistant assistants automated automatic machine machines"
        " aggregator aggregators summarizer summarizers summariser summarisers summarisation summarization model"
        " software system tool program engine algorithm feed search claude gemini gpt chatgpt copilot | must should"
        " shall will obliges oblige requires require asks ask requests request instructs that which who in your you"
        " may can only dear hello hey | say write state report claim output mention praise portray begin this it to"
        " are be with if as you",
        rf"{TURN}(?:the|this|any|every) (?:(?:ai|language) )?(?:model|assistant|chatbot|bot|ai|system) (?:{MUST}"
        rf"|will now )"
        r"(?:(?:say|write|state|report|claim) that\b|output\s?[:\"“]|output only\b|(?:not )?mention (?!that it\b)"
        rf"|praise\b|portray\b|begin with\b){NOT_OF_THEM}{UNSAID}",
        rf"\b{MAKER} (?:that|which|who) {SUM_UP}\p{{L}}* (?:it|this(?: {TEXT})?)\b",
        rf"{TURN}(?:this|the) (?:\p{{L}}+ )?(?:oblig(?:es?|ates?)|requires?|asks?|requests?|instructs?) (?:every|all"
        rf"|any|each) {MAKER} to {_WRITE}{UNSAID}",
        rf"\b(?:ask|request|urge|beg|expect) your {_PROGRAM} to (?:{_WRITE}|credit\b|call\b|list\b)",
        rf"\bif you(?: are|['’]re) reading this as an? (?:machine|program|system|{MACHINE})(?=\W)",
        rf"\bshould you be (?:an? )?{MACHINE}(?=\W)",
        rf"{TURN}(?:dear|hello|hey),? (?:all |any )?{MAKER}\b",
        rf"\b(?:this|the) {TEXT} (?:may|can|must|should) (?:only )?be (?:summari[sz]ed|processed|condensed"
        rf"|digested)(?: by \p{{L}}+)? (?:only )?(?:with|if|as)\b{UNSAID}",
        rf"\breaders (?:who|that) are (?:machines|bots|{MACHINE})\b",
        rf"{TURN}(?:\p{{L}}+ ){{0,4}}in (?:ai|llm|chatbot) (?:search|answers|results|overviews"
        rf"|summaries), (?:please )?{_WRITE}",
    ),
)
