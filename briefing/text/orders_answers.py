"""The wording of texts that tell whoever sums them up what the summary, brief or answer must hold.

Nobody but a machine reads an article in order to write "the summary", so such texts are orders however polite they
are. What courts, laws and people say that a brief or a summary must hold is news: it names a speaker, or what is
summed up. English first; German, French and Spanish too.
"""

from __future__ import annotations

from briefing.text.orders import MACHINE, START, TURN, UNSAID, Form, forms

# Those who make texts out of texts.
MAKER = (
    rf"(?:{MACHINE}|(?:news |content )?aggregators?|re-?publishers?|syndicat(?:ors?|ion partners?)"
    r"|(?:ai|automated|automatic|machine|summari[sz]ation|summary|search|language|generative|indexing"
    r"|digest)[ -](?:systems?|services?|tools?|readers?|engines?|assistants?|models?|agents?|pipelines?|software"
    r"|digests?|bots?))"
)
TEXT = (
    r"(?:(?:news|web) ?)?(?:article|page|text|document|story|passage|source|content|website|site|piece|report|item"
    r"|news|material|topic|subject|event|matter)s?"
)
OF_THIS = rf"(?: (?:of|on|about|for|from|to|based on|made from|drawn from) (?:it|(?:this|these|the above)(?: {TEXT})?))"
# A summary is seldom made in the news; an answer or a response often is.
SUMMARY = (
    r"(?:summar(?:y|ies)|summari[sz]ations?|digests?|synops[ei]s|recaps?|snippets?|write-?ups?|headlines?|briefs?"
    r"|briefings?|overviews?|tl;?dr)"
)
ANSWER = r"(?:answers?|outputs?|responses?|repl(?:y|ies)|completions?)"
MUST = (
    r"(?:must|should|shall|(?:has|have|needs?|ought|is|are) to|(?:is|are) (?:required|expected|asked|obliged"
    r"|supposed) to) (?:always |also |only |then |never |not |clearly |explicitly )?"
)
_SAY = (
    r"(?:say|state|mention|name|call|describe|praise|stress|note|present|portray|recommend|highlight|emphasi[sz]e"
    r"|refer to|conclude|declare|claim|(?:lead|open|begin|start|end) with|reflect|make clear)\b"
)
_HOLD = rf"(?:{_SAY}|(?:include|contain|list|cite|use|read|report|feature|consist of|carry|replace|omit|leave out)\b)"
SUM_UP = (
    r"(?:summari[sz]|condens|paraphras|re-?writ|digest|shorten|compress|aggregat|abridg|re-?us|re-?publish|process"
    r"|pars|index|ingest|scrap|crawl|quot|cit)"
)
_RULES = r"(?:instructions?|prompts?|directions|directives?|guidelines?|guidance|programming)"
# At the start of a sentence "report", "claim" and "state" are nouns as well.
_TELL_THAT = (
    r"(?:write|mention|print|conclude|declare|say|(?<=\W\s|please |kindly |instead |simply )(?:state|report"
    r"|claim)) that(?! (?:again|down|out|to|in|on|up)\b)"
)
_NAMED = (
    r"be (?:called|named|described|listed|mentioned|reported|presented|referred to|cited|treated|praised|recommended"
    r"|placed|put|quoted)\b"
)
_MESSAGE = (
    r"(?:notes?|messages?|notices?|corrections?|retractions?|updates?|guidance|guidelines|instructions?|information"
    r"|hints?|advice|reminders?|requests?|terms|keywords|facts?|rules?|context|metadata|directives?|attention)"
)
_PRODUCT = r"(?:summary|answer|snippet|abstract|headline|output|response|brief|digest|text|wording|version)"
NOT_OF_THEM = r"(?!.*\b(?:they|their|users?|you can|patients?|customers?)\b)"

PRESCRIBED: tuple[Form, ...] = forms(
    (
        "says what a summary must hold",
        "summary summaries summarization summarisation summarizations digest digests synopsis recap recaps snippet"
        " snippets write writeup headline headlines brief briefs briefing briefings overview overviews tl tldr | must"
        " should shall has have needs need ought is are will would as the your",
        rf"{TURN}(?:the|your|any|every|each|all|an?|no) (?:\p{{L}}+ ){{0,2}}?(?:(?!brief"
        rf"|headline){SUMMARY}{OF_THIS}?,? {MUST}{_SAY}|(?:briefs?|headlines?){OF_THIS}?,? {MUST}(?:(?:say|state"
        rf"|mention|note|report) that|praise|call|present|stress|(?:lead|open|begin|start) with)\b){UNSAID}",
        rf"\b(?:your (?:\p{{L}}+ ){{0,2}}?{SUMMARY}{OF_THIS}?|{SUMMARY}{OF_THIS}) {MUST}{_HOLD}",
        rf"\b(?:automated|automatic|(?:ai|machine)[ -]?(?:generated|made|written|readable)?|generated|derived"
        rf"|derivative) (?:\p{{L}}+ )?(?:{SUMMARY}|{ANSWER}){OF_THIS}? {MUST}{_HOLD}{NOT_OF_THEM}{UNSAID}",
        rf"{TURN}in (?:the|your|any|every) (?:\p{{L}}+ )?{SUMMARY}{OF_THIS}?, .{{0,60}}\b{MUST}{_NAMED}{UNSAID}",
        rf"\bas the (?:author|writer|maker|editor) of (?:the|this|your|any) {SUMMARY}{OF_THIS}?,? you\b",
        rf"{START}(?:(?:use|put|place|include|add|insert|mention|name|state|praise|call|describe|quote|repeat"
        rf"|ignore)\b .{{0,80}}\bin (?:the|your|any|every) (?:summary|summaries|brief|headline|digest|output)(?=\W"
        rf"|$))(?! of the\b){UNSAID}",
        rf"{TURN}(?:an?|any|every) (?:faithful|good|correct|accurate|proper|complete|ideal|fair|honest|true"
        rf"|right) {SUMMARY}{OF_THIS}? (?:will|would|must|should) {_HOLD}{UNSAID}",
        rf"\b(?:the headline|the first (?:line|sentence)|the title) of (?:your|the|any|every) (?:{SUMMARY}"
        rf"|{ANSWER}){OF_THIS}? (?:{MUST}|is\b|reads\b|says\b)(?! (?:written|made|an?)\b){UNSAID}",
        rf"{TURN}(?:the|your) (?:summary|brief|digest|output) (?:has|consists of|contains|is) (?:only |just "
        rf"|exactly )?(?:one|two|three|a single|these|this|the following) (?:\p{{L}}+ )?(?:sentences?|lines?|words?"
        rf"|points?)\b{UNSAID}",
    ),
    (
        "says what an answer must hold",
        "answer answers output outputs response responses reply replies completion json summary headline text brief"
        " digest write article | your the any correct right expected desired required if final",
        rf"{TURN}(?:the|any|every|each|all) (?:\p{{L}}+ )?{ANSWER}{OF_THIS} {MUST}{_HOLD}{UNSAID}",
        rf"{TURN}the (?:\p{{L}}+ )?(?:answer|output|completion) {MUST}(?:say that|state that|mention|name"
        rf"|describe)\b{UNSAID}",
        rf"{TURN}the (?:correct|expected|desired|required|only (?:acceptable|correct|valid)|proper) (?:answer|output"
        rf"|response|completion|json|summary|headline|brief)(?:{OF_THIS}| to the (?:task|prompt))? (?:is|has|reads"
        rf"|says)\s?(?:[:\"“]|that\b|one\b|the (?:words?|sentences?|following)\b){UNSAID}",
        rf"{TURN}the (?:correct|right|expected|desired|required|proper|only) (?:answer|output|response|completion"
        rf"|json|summary|headline|brief){OF_THIS} (?:is|has|reads|says)\b{UNSAID}",
        rf"\b(?:if|that) your (?:text|article|piece|{SUMMARY}|{ANSWER}) (?:named|mentioned|said|called|described"
        r"|included|stated|led with|began with|could (?:name|mention|say|call|describe|include|state))\b",
        rf"\b(?:in|into|of|for|from) your (?:\p{{L}}+ )?{SUMMARY}(?=\W|$)(?! of the\b)",
    ),
    (
        "sets rules for those who sum it up",
        "ai llm llms language bot bots chatbot chatbots assistant assistants automated automatic machine aggregator"
        " aggregators republisher republishers publishers summarizer summarizers summariser summarisers summarization"
        " summarisation syndicators search generative indexing digest chatgpt gpt claude gemini copilot | must should"
        " shall asked requested required advised instructed told please kindly reading reads processing processes"
        " summarizes summarises summarizing summarising parsing scraping remind reminds ask asks only",
        rf"\b(?:if|whenever|should) (?:an?|any|the|some) {MACHINE} (?:is |happens to be )?(?:read|process|summari[sz]"
        rf"|pars|scrap|pick)\p{{L}}* (?:up )?(?:it|this)\b",
        rf"\b(?:we|editors?|publishers?|authors?|owners?|newsroom|desk) (?:of this \p{{L}}+ )?(?:remind|ask|request"
        rf"|require|instruct|urge|advise|tell)s? (?:all |any |every )?{MAKER} (?:that|to)\b{UNSAID}",
        rf"{TURN}(?:all |any |every )?{MAKER} (?:may|can) only (?:use|read|process|index|cite|quote"
        rf"|summari[sz]e) (?:it|this(?: {TEXT})?) if\b{UNSAID}",
        rf"{TURN}(?:(?:\p{{L}}+ )?(?:and|or) )?(?:all |any |every )?{MAKER}(?: (?:and|or|,) (?:all "
        rf"|any )?{MAKER})? {MUST}{_SAY}(?= that\b|.*\b(?:as|this|first)\b|.* in (?:all|any|every"
        rf"|each)\b){NOT_OF_THEM}{UNSAID}",
        rf"{TURN}(?:\p{{L}}+ (?:and|or) )?{MAKER} (?:are|is) (?:kindly )?(?:asked|requested|advised|instructed"
        rf"|required|told|reminded) (?:that\b|to (?:always |never )?(?:{_SAY}|replace\b.*\b(?:with|by)\b|use\b"
        rf"|write\b|omit\b|leave out\b)){UNSAID}",
        rf"{TURN}(?:could|can|would|will) (?:the|any|this|our|every) {MACHINE} (?:please|kindly)\b",
    ),
    (
        "sets rules for those who sum it up",
        "summarize summarizes summarizing summarise summarises summarising condense condenses condensing paraphrase"
        " paraphrases paraphrasing rewrite rewrites rewriting digest digesting shorten shortening compressing"
        " aggregate aggregates aggregating abridging reuse reusing re republishing process processes processing parse"
        " parses parsing index indexing ingest ingesting scrape scraping crawling quote quotes quoting cite cites"
        " citing reading using reproduction republication quotation summary summaries syndication use | it this |"
        " must should shall could is are please say state write mention include name describe call refer do don"
        " replace leave add note put use agree agrees accept accepts undertake undertakes consent consents promise"
        " promises require requires demand demands",
        rf"\b(?:who(?:ever)?|anyone|everyone|anybody|those)(?: who)? {SUM_UP}\p{{L}}* (?:it"
        rf"|this(?: {TEXT})?)\b.{{0,20}}\b(?:must|should|shall|could|(?:is|are) (?:asked )?to|please)\b{UNSAID}",
        rf"{TURN}(?:when(?:ever)?|while|if|before) (?:you (?:are )?)?{SUM_UP}\p{{L}}* (?:it|this {TEXT}), (?:please )?"
        r"(?:always |never )?(?:say|state|write|mention|include|name|describe|call|refer|do not|don['’]t|replace"
        r"|leave|add|note|put|use)\b",
        rf"\bby (?:processing|summari[sz]ing|indexing|scraping|crawling|ingesting|parsing|reading|using) (?:it"
        rf"|this {TEXT}),? (?:you|the (?:reader|model)) (?:agree|accept|undertake|consent|promise)s? to (?:include"
        rf"|state|say"
        r"|mention|add|print|write|name|describe)\b",
        rf"\b(?:re-?use|use|reproduction|re-?publication|quotation|summar(?:y|ies)|processing|syndication) of (?:it"
        rf"|this {TEXT})\b.{{0,60}}\b(?:requires?|demands?|is subject to|must (?:state|include|carry"
        rf"|mention)) .{{0,30}}?"
        r"\b(?:statement|sentences?|words|mention|phrase|addition|inclusion|wording|that)\b",
    ),
    (
        "tells the reader what to write",
        "write state report claim mention print conclude declare say tell inform let | that",
        rf"{START}{_TELL_THAT}{UNSAID}",
        rf"\b(?:let|tell|inform) your (?:readers|audience|users|subscribers)(?: know)? that\b{UNSAID}",
    ),
    (
        "tells the reader what to write",
        "your | job task role goal purpose mission",
        r"\byour (?:job|task|role|goal|purpose|mission) (?:here |now |today )?is (?:now )?to (?:promote|praise"
        r"|recommend|mention|summari[sz]e|print|repeat|convince)\b",
    ),
    (
        "says that only some words may be written",
        "output respond reply answer return print write say generate emit written printed said sentence | only"
        " nothing just solely exclusively exactly",
        rf"{TURN}only (?:one|two|three|this|the following|a single) (?:sentence|word|line)s? (?:may|must|should|can"
        rf"|is to) be"
        r" (?:written|printed|said|used|output)\b",
        rf"{TURN}(?:output|respond|reply|answer) (?:with )?(?:nothing (?:but|except|other than))\b",
        rf"{TURN}(?:output|respond|reply|answer|return|print|write|say|generate|emit) (?:with )?(?:only|just|solely"
        r"|exclusively|exactly):? (?:with )?(?:[\"“‘]|(?:the|this|these|one) (?:words?|sentences?|phrases?|following"
        r"|names?|texts?|strings?|lines?|headline)\b)",
    ),
)

# What stands after these words in the same paragraph belongs to the order, whatever its form.
OPENING: tuple[Form, ...] = forms(
    (
        "opens an order to a machine",
        "ai llm llms language bot bots chatbot chatbots assistant assistants automated automatic machine aggregator"
        " aggregators summarizer summarizers summariser summarisers summarization summarisation republishers search"
        " generative indexing claude gemini gpt chatgpt copilot | note notes message messages notice notices"
        " correction corrections update updates guidance guidelines instruction instructions information hint hints"
        " advice reminder reminders request requests terms summary answer snippet abstract keywords headline fact"
        " facts rule rules context metadata output response attention following follows below meant intended only"
        " overview retraction retractions brief digest wording directive directives",
        rf"{TURN}(?:[\p{{L}}'’]+ ){{0,4}}?(?:{_MESSAGE} (?:to|for)|attention of"
        rf"|{_PRODUCT} (?:[\p{{L}}]+ ){{0,4}}?(?:for|by)) (?:(?:all|any|every|the|other|news"
        rf"|downstream) )?(?:\p{{L}}+ (?:and|or) )?(?:{MAKER}|(?:downstream|\p{{L}}+) systems)(?: (?:and"
        rf"|or) {MAKER})?\s?(?:[:–—\]]|\W*$)",
        r"\bfor (?:llm|ai|machine|automated|bot|crawler) (?:use|readers|reading|processing|consumption"
        r"|systems)(?: only)?\s?[):\]]",
        rf"{TURN}attention,? (?:all |any |the )?{MAKER}\s?(?:[.:!]|$)",
        rf"{TURN}(?:the following|what follows|the text below|this (?:part|section|paragraph))\b.{{0,40}}\b(?:is"
        rf"|are) (?:meant |intended |only |reserved |addressed )*(?:for|to) (?:the |all |any )?{MAKER}(?: only| alone)?"
        r"\s?(?:[.:,;]|$|and\b)",
        rf"{TURN}(?:(?:suggested|recommended|preferred|approved|required|ideal|canonical) )?(?:(?:ai|llm|model)"
        r"|machine(?:[ -]readable)?)[ -](?:snippets?|keywords?|answer|summary|overview|headline|abstract|output"
        r"|response|directives?|instructions?)\s?:(?!\W*(?:what|how|why|who|when|where|which)\b)(?=.*[.!]\W*$)",
    ),
    (
        "opens an order to a machine",
        "suggested recommended preferred approved required ideal canonical your new | summary answer snippet overview"
        " headline abstract output response keywords brief digest reply task instruction instructions",
        rf"{TURN}(?:suggested|recommended|preferred|approved|required|ideal|canonical) (?:\p{{L}}+ )?(?:summary|snippet"
        r"|overview|abstract|output|keywords)\s?:",
        rf"{TURN}your (?:(?:final|whole|entire|full|complete|exact|next|only|first) (?:{SUMMARY}|{ANSWER}|text)"
        rf"|{SUMMARY})(?:{OF_THIS})?\s?:",
        rf"{TURN}(?:your )?new task\s?:",
    ),
    (
        "takes back a model's instructions",
        "your | instructions instruction prompt prompts directions directives rules rule guidelines guidance commands"
        " command task tasks programming constraints orders settings direction directive guideline | previous earlier"
        " prior original initial old former existing current system safety for",
        rf"\byour (?:previous|earlier|prior|original|initial|old|former|existing|current|system|safety) (?:{_RULES}\b"
        rf"|(?:orders"
        r"|rules?|tasks?|commands?|constraints?|settings)\b.{0,20}\b(?:no longer|void|end(?:s|ed)?\b|cancel|supersed"
        r"|overrid|replaced))",
        rf"\b{_RULES} for your (?:\p{{L}}+ )?(?:{SUMMARY}|{ANSWER})\b",
    ),
    (
        "gives rules for a summary",
        "instructions instruction directions directives rules guidelines guidance | summary summaries output digest"
        " digests headline brief answer",
        rf"{TURN}(?:the |new |special |further )?(?:instructions?|directions|directives|guidance|rules) for (?:the|any"
        rf"|every|each) (?:summar(?:y|ies)|output|digests?|brief|answer)\s?(?:[:.]|$|(?:is|are) (?:given |as )?(?:below"
        r"|follows?)|follows?\b)",
    ),
    (
        "tells a model to ignore its instructions",
        "instructions prompts directions directives guidelines | void invalid cancelled canceled revoked obsolete"
        " apply",
        rf"{TURN}(?:all|any|the) (?:earlier|previous|prior|other|preceding|above) (?:instructions|prompts|directions"
        rf"|directives|guidelines)(?: (?:given|above))? (?:are|is) (?:now |hereby )?(?:void|invalid|cancell?ed"
        rf"|revoked|obsolete)\b{UNSAID}",
    ),
)
