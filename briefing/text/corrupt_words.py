"""Words that false versions of sentences are made with. English first; German, French and Spanish where cheap."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

# Pattern and replacement, to be tried in order; a language without an entry has no such versions.
Changes = Mapping[str, Sequence[tuple[str, str]]]

DENIED: Changes = {
    "en": (
        (r"\b(is|are|was|were|has|have|had|will|would|can|could|may|might|should|must|did|does|do) not ", r"\1 "),
        (r"\b(is|are|was|were|has|have|had|would|could|should|did|does|do)n['’]t ", r"\1 "),
        (r"\bno longer ", "still "),
        (r"\b(is|are|was|were|will|would|could|should|must|has been|have been|had been) (?!not\b)", r"\1 not "),
        (r"\b(has|have|had) (?=\w+ed\b)", r"\1 not "),
    ),
    "de": (
        (r" nicht\b", ""),
        (r"\bkein(e|en|em|er|es)?\b", r"ein\1"),
        (r"\b(ist|sind|war|waren|wird|werden|wurde|wurden|hat|haben|kann|soll|will) ", r"\1 nicht "),
    ),
    "fr": (
        (r"\b(?:ne |n['’])(\w+) pas\b", r"\1"),
        (r"\b(sera|seront|sont|va|vont|doit|peut) ", r"ne \1 pas "),
        (r"\b(est|a|ont|avait|était) ", r"n'\1 pas "),
    ),
    "es": (
        (r"\bno (?=(?:es|ha|han|fue|fueron|será|está|están|puede|hay|va|van)\b)", ""),
        (r"\b(es|ha|han|fue|fueron|será|está|están|puede|va|van) ", r"no \1 "),
    ),
}

CERTAIN: Changes = {
    "en": (
        (r"\b(?:may|might|could) have (?=\w+(?:ed|en)\b)", "had "),
        (r"\b(?:may|might|could) (?=\w)", "will "),
        (r"\b(?:reportedly|allegedly|possibly|apparently|perhaps|probably|potentially) ", ""),
        (r"\b(?:is|are|was|were) (?:likely|expected|due|set|scheduled) to ", "will "),
        (r"(?<=\b(?:he|she|it|who|which|\p{Lu}\p{L}+) )(?:plans|hopes|intends|aims|threatens) to ", "will "),
        (r"\b(?:alleged|suspected|unconfirmed) ", ""),
        (r"\b([Ii]t) (?:is|was) (?:not clear|unclear|not known) (?:if|whether) ", r"\1 is clear that "),
    ),
    "de": (
        (r"\b(?:möglicherweise|angeblich|offenbar|vermutlich|wahrscheinlich|vielleicht|mutmaßlich(?:e[nrs]?)?) ", ""),
        (r"\bkönnte(n?)\b", r"wird\1"),
    ),
    "fr": (
        (r"\b(?:peut-être|probablement|apparemment|éventuellement) ", ""),
        (r"\bpourrait ", "va "),
        (r"\bpourraient ", "vont "),
        (r" présumée?s?\b", ""),
    ),
    "es": (
        (r"\b(?:probablemente|presuntamente|supuestamente|quizás?|tal vez|aparentemente) ", ""),
        (r"\bpodría ", "va a "),
        (r"\bpodrían ", "van a "),
        (r"\b(?:presunt|supuest)[oa]s? ", ""),
    ),
}

# What is left starts with a capital again.
STATED: Changes = {
    "en": (
        (r"^According to [^,]{3,60}, ", ""),
        (r"(?<=^[^“”\"]*), (?:[\w.]+ ){0,6}?(?:said|says|told|according to)\b[^,“\"]*\.$", "."),
        (r"^[^,“\"]{3,60}? (?:said|says|claimed|claims|believes?|warned|argued|alleged) (?:on \w+day )?that ", ""),
        (r"^[^,“\"]{3,60}? (?:said|says|claimed|claims|believes?) (?=(?:the|a|an|it|they|he|she|there) )", ""),
    ),
    "de": (
        (r", (?:sagte|sagten|erklärte|erklärten|teilte|so|berichtete) [^,]*\.$", "."),
        (r", (?:wie|laut) [^,]*\.$", "."),
    ),
    "fr": ((r", (?:a dit|a déclaré|a annoncé|a affirmé|selon|d['’]après) [^,]*\.$", "."), (r"^Selon [^,]{3,60}, ", "")),
    "es": ((r", (?:dijo|declaró|afirmó|anunció|según) [^,]*\.$", "."), (r"^Según [^,]{3,60}, ", "")),
}

# Two words that contradict one another and stand in the same place of a sentence.
OPPOSED: Mapping[str, Sequence[str]] = {
    "en": (
        "rose|fell rise|fall rises|falls rising|falling risen|fallen increased|decreased increase|decrease "
        "increases|decreases increasing|decreasing grew|shrank grow|shrink growth|decline gained|lost gain|loss "
        "higher|lower highest|lowest more|less above|below better|worse before|after "
        "won|lost win|lose wins|loses victory|defeat approved|rejected approve|reject accepted|refused "
        "supported|opposed supports|opposes support|oppose allowed|banned allow|ban opened|closed open|close "
        "began|ended begins|ends starts|stops started|stopped first|last early|late earlier|later "
        "north|south northern|southern east|west eastern|western buy|sell bought|sold import|export "
        "imports|exports guilty|innocent convicted|acquitted killed|rescued "
        "strong|weak stronger|weaker strengthened|weakened success|failure "
        "raise|cut profit|loss majority|minority largest|smallest big|small"
    ).split(),
    "de": (
        "stieg|sank stiegen|sanken steigt|sinkt steigen|sinken gestiegen|gesunken Anstieg|Rückgang mehr|weniger "
        "höher|niedriger gewann|verlor gewonnen|verloren Sieg|Niederlage vor|nach erste|letzte ersten|letzten "
        "erlaubt|verboten angenommen|abgelehnt billigte|verwarf über|unter"
    ).split(),
    "fr": (
        "augmenté|diminué augmente|diminue hausse|baisse plus|moins gagné|perdu victoire|défaite avant|après "
        "premier|dernier première|dernière autorisé|interdit approuvé|rejeté accepté|refusé"
    ).split(),
    "es": (
        "subió|bajó sube|baja subido|bajado aumentó|disminuyó aumento|descenso más|menos ganó|perdió "
        "victoria|derrota antes|después primero|último primera|última permitido|prohibido aprobó|rechazó "
        "aprobado|rechazado"
    ).split(),
}

# Small counts that are written as words, each with one that is no rounding of it.
COUNTS: Mapping[str, Sequence[str]] = {
    "en": "two three four five six seven eight nine ten eleven twelve".split(),
    "de": "zwei drei vier fünf sechs sieben acht neun zehn elf zwölf".split(),
    "fr": "deux trois quatre cinq six sept huit neuf dix onze douze".split(),
    "es": "dos tres cuatro cinco seis siete ocho nueve diez once doce".split(),
}
