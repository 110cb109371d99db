"""Who is introduced where: a surname alone is read only after the full name or a title has been read."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from functools import cached_property

from briefing.engines.extractive_pool import Sentence

# With the point of an initial: "Lena T. Brask".
_WORD = r"[^\W\d_][\w’'-]*"
# Small letters are left out here, since most words begin with one.
_CAPITALISED = re.compile(r"(?<![\w’'-])[^\W\d_a-zß-öø-ÿ][\w’'-]*\.?")
_PARTICLES = frozenset("van von der den de del da di la le al bin el".split())
_HONORIFICS = frozenset("Mr Mrs Ms Miss Mister Madame Monsieur Herr Frau Señor Señora Don Doña Sir Lady Lord".split())
_NOT_NAMES = frozenset(
    """the a an in on at by for from with after before during despite since until under as when while although though if
    because to of according but and or so yet he she it they we i his her its their this that these those there here
    who what where how why whether once not even just only over both many most some all no one two three monday
    tuesday wednesday thursday friday saturday sunday january february march april may june july august september
    october november december also however meanwhile then now today yesterday last next""".split()
)
# What only people do or are: "Brask said", "told Brask", "Mr Brask", "Brask, 41,", "Brask, who".
_PERSON = re.compile(
    rf"({_WORD})(?:,\s+(?:who|whose|\d\d)\b|\s+(?:said|says|told|added|adds|wrote|tweeted|asked|argued|testified"
    r"|pleaded|died|thinks|believes|(?:was|is|were|had been|has been)\s+(?:arrested|charged|convicted|shot|born"
    r"|sentenced|elected|appointed|killed|diagnosed|survived|married)|a\s+(?:dit|déclaré|affirmé)|dijo|afirmó|explicó)\b)"
    rf"|(?:\b(?:said|says|told|added|Mr|Mrs|Ms|Dr)\.?\s+)({_WORD})"
)
_INSIDE = re.compile(rf"(?:\b(?:in|near|across|outside|inside|throughout|en|à|dans)\s+)({_WORD})")
# Languages that write every noun with a capital do not tell names by it.
_CAPITAL_NOUNS = frozenset({"de", "lb"})


class Names:
    """The names of a story's sentences: which of them a sentence introduces, and which it takes for granted.

    A name counts as a surname where some sentence of the story has it as the last word of several with capitals, and
    some as a person's. Names that are also places (*in Ostrand*) or words (*the court*, *the Court*) are left alone.
    Scripts and languages without capitals for names ask for nothing.
    """

    def __init__(self, sentences: Sequence[Sentence]) -> None:
        self._sentences = sentences
        self._runs: dict[int, list[list[str]]] = {}

    @cached_property
    def _found(self) -> tuple[dict[str, list[int]], frozenset[str]]:
        givers: dict[str, list[int]] = defaultdict(list)
        places: set[str] = set()
        plain: set[str] = set()
        people: set[str] = set()
        for index, sentence in enumerate(self._sentences):
            for name in self.given(index):
                givers[name].append(index)
            places.update(_INSIDE.findall(sentence.text))
            people.update(name for pair in _PERSON.findall(sentence.text) for name in pair)
            plain.update(w for w in sentence.text.split() if w.islower())
        surnames = frozenset(n for n in givers if n in people and n not in places and n.lower() not in plain)
        return givers, surnames

    def given(self, index: int) -> frozenset[str]:
        """The surnames that sentence ``index`` introduces."""
        if index not in self._runs:
            self._runs[index] = _runs(self._sentences[index].text)
        return frozenset(run[-1] for run in self._runs[index] if len(run) > 1 and run[-2] not in _HONORIFICS)

    def wanted(self, index: int) -> frozenset[str]:
        """The surnames that sentence ``index`` has alone, and that another sentence of the story introduces."""
        sentence = self._sentences[index]
        if sentence.language in _CAPITAL_NOUNS:
            return frozenset()
        given = self.given(index)
        alone = {run[-1] for run in self._runs[index] if len(run) == 1 or run[-2] in _HONORIFICS}
        return frozenset(alone & self._found[1] - given)

    def givers(self, name: str) -> Sequence[int]:
        """The sentences that introduce ``name``."""
        return self._found[0].get(name, ())


def _runs(text: str) -> list[list[str]]:
    """Neighbouring words with capitals, without those that only begin a sentence; the possessive ``s`` is left out."""
    runs: list[list[str]] = []
    open_run = False
    end = 0
    for match in _CAPITALISED.finditer(text):
        word = match.group()
        bare = word.rstrip(".")
        name = bare.removesuffix("'s").removesuffix("’s").rstrip("'’")
        joined = open_run and _PARTICLES.issuperset(text[end : match.start()].split())
        end = match.end()
        if not name[:1].isupper() or name.lower() in _NOT_NAMES:
            open_run = False
            continue
        if not joined:
            runs.append([])
        runs[-1].append(name)
        open_run = name == bare
    return runs
