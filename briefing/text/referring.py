"""Words that point elsewhere: personal pronouns, and what a paragraph opens with that goes on from the one before.

English, German, French and Spanish; nothing for other languages. Forms that mean several persons (sie, su, ihr) or
are mostly something else (el, son) are left out.
"""

from __future__ import annotations

from briefing.text.words import fold

_PERSONS = {
    "en": ("i my me myself", "we our us ourselves", "you your", "he his him himself", "she her herself",
           "they their them themselves"),
    "de": ("ich mein meine mich mir", "wir uns unser unsere", "du dein dich dir", "er ihn ihm"),
    "fr": ("je j'ai mes moi", "nous notre nos", "vous votre vos", "il lui", "elle", "ils leur leurs eux"),
    "es": ("yo mi mis", "nosotros nuestro nuestra nos", "usted ustedes", "ella", "ellos ellas"),
}  # fmt: skip
_OPENERS = {
    "en": """also and another because both but even he her him his however instead it its meanwhile nor she
        so still such that their them then these they this those yet""",
    "de": """aber auch außerdem dabei damit dann darum denn dennoch deshalb dies diese diesem diesen dieser dieses doch
        er es ihr ihre jedoch sein seine sie sondern stattdessen trotzdem und zudem""",
    "fr": """ainsi alors aussi car ce cela ces cet cette cependant donc elle elles et il ils leur leurs mais or puis
        pourtant sa ses son""",
    "es": """además así aunque él ella ellas ellos entonces esa ese eso esta este esto estos pero pues su sus también
        y""",
}  # fmt: skip
_PERSON = {
    language: {fold(form): forms.split()[0] for forms in persons for form in forms.split()}
    for language, persons in _PERSONS.items()
}
_OPENING = {language: frozenset(map(fold, forms.split())) for language, forms in _OPENERS.items()}


def person(folded: str, language: str) -> str:
    """The person that a folded pronoun stands for, by its first form (him: he); empty for any other word."""
    return _PERSON.get(language, {}).get(folded, "")


def leans(first_word: str, language: str) -> bool:
    """Whether a paragraph that opens with ``first_word`` goes on from the one before."""
    return fold(first_word) in _OPENING.get(language, ())
