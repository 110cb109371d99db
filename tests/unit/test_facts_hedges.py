import pytest

from briefing.text.facts.compare import Evidence, differences
from briefing.text.facts.cues import Kind, cues
from briefing.text.facts.cut import lost_by_cutting


def checks(claim: str, source: str, language: str = "en") -> set[str]:
    return {d.check for d in differences(claim, [Evidence(source, language)], (), language)}


def test_not_clear_whether_is_a_doubt_and_no_denial() -> None:
    kinds = {c.kind for c in cues("It was not clear whether the dam had burst.")}
    assert Kind.DOUBT in kinds
    assert Kind.NOT not in kinds


@pytest.mark.parametrize(
    ("claim", "source", "check"),
    [
        ("The dam burst at night.", "It was not clear if the dam burst at night.", "hedge"),
        ("The bridge reopened on Friday.", "The bridge may reopen on Friday.", "hedge"),
        ("Two officers were arrested.", "Two officers were reportedly arrested.", "hedge"),
        ("The firm closed its plant.", "The firm plans to close its plant.", "intent"),
        ("The council approved the plan.", "The council did not approve the plan.", "negation"),
        ("The council did not approve the plan.", "The council approved the plan.", "negation"),
        ("The driver fell asleep.", "The driver fell asleep, witnesses said.", "attribution"),
        ("Exports rose last year.", "Exports fell last year.", "direction"),
        ("The plant closed because of the strike.", "The plant closed. There was a strike.", "cause"),
        (
            "The dam burst in the night after a storm.",
            "It remains to be seen whether the dam burst in the night.",
            "hedge",
        ),
        ("The mayor stole public money.", "The mayor is accused of stealing public money.", "hedge"),
        ("The mayor took bribes.", "The mayor denied that he took bribes.", "negation"),
        ("The minister will resign.", "The opposition demanded that the minister resign.", "intent"),
        ("The firm sent engineers.", "The firm is considering sending engineers.", "intent"),
        ("The strike ends on Friday.", "On Friday the strike ends if the union agrees to the offer.", "hedge"),
        ("The army killed ten men.", "The army said it killed ten men.", "attribution"),
        ("Every clinic in Tarn lost power in the storm.", "Several clinics in Tarn were without power.", "quantity"),
        ("Northway beat Sandmere on Monday.", "On Monday Sandmere beat Northway.", "roles"),
        ("The former mayor resigned.", "The mayor resigned.", "name"),
        ("The mayor resigned.", "The former mayor resigned.", "name"),
        ("Nine were killed and 40 were hurt.", "Forty were killed and nine were hurt.", "number"),
        ("The vote is on Monday.", "The vote is on Tuesday.", "date"),
        ("“We won,” said Mara Lind.", "“We won,” said Jonas Berg. Mara Lind left.", "quotation"),
        ("“We have won it,” said Jonas Berg.", "“We won,” said Jonas Berg.", "quotation"),
    ],
)
def test_what_differs_is_named(claim: str, source: str, check: str) -> None:
    assert check in checks(claim, source)


@pytest.mark.parametrize(
    ("claim", "source"),
    [
        ("The bridge may reopen on Friday.", "The minister said that the bridge may reopen on Friday."),
        ("Lorne Motors will close a plant.", "Lorne Motors said it will close a plant."),
        ("The council approved the plan.", "The council approved the plan, but it did not set a date."),
        ("About 2 million people fled.", "Some 1.98 million people fled."),
        ("The council refused to approve the plan.", "The council did not approve the plan."),
        ("The council did not approve the plan.", "The council rejected the plan."),
        ("Prosecutors accuse the mayor of theft.", "The mayor is accused by prosecutors of theft."),
        ("Northway was beaten by Sandmere.", "Sandmere beat Northway on Monday."),
        ("He was chosen to play in Tarn.", "He was chosen and will play in Tarn."),
        ("The plant closed because of the strike.", "The strike led to the closing of the plant."),
        ("Exports rose after a fall in prices.", "Exports rose after a fall in prices."),
        ("The dam burst at night.", "It was unclear whether anyone was hurt. The dam burst at night."),
        ("Nine were hurt and 40 killed.", "Forty were killed and nine were hurt."),
    ],
)
def test_faithful_sentences_pass(claim: str, source: str) -> None:
    assert checks(claim, source) == set()


@pytest.mark.parametrize(
    ("claim", "source", "language", "check"),
    [
        ("Der Rat billigte den Plan.", "Der Rat billigte den Plan nicht.", "de", "negation"),
        ("Die Brücke öffnet am Freitag.", "Die Brücke öffnet möglicherweise am Freitag.", "de", "hedge"),
        ("Le conseil approuve le projet.", "Le conseil n'approuve pas le projet.", "fr", "negation"),
        ("El puente abre el viernes.", "Quizás el puente abre el viernes.", "es", "hedge"),
    ],
)
def test_other_languages_have_core_lists(claim: str, source: str, language: str, check: str) -> None:
    assert check in checks(claim, source, language)


def test_numbers_are_compared_across_languages() -> None:
    german = [Evidence("Bei dem Unfall wurden 17 Menschen verletzt.", "de")]
    assert differences("The crash hurt 17 people.", german) == ()
    assert {d.check for d in differences("The crash hurt 14 people.", german)} == {"number"}


def test_cutting_a_sentence_short_may_lose_its_doubt() -> None:
    lost = lost_by_cutting("It is not clear whether ", "the dam burst", ".")
    assert [d.check for d in lost] == ["hedge"]
    assert lost[0].severe


def test_cutting_off_who_said_it_or_a_but_is_told() -> None:
    assert [d.check for d in lost_by_cutting("", "The road is safe", ", the owner said.")] == ["attribution"]
    assert [d.check for d in lost_by_cutting("", "The road is safe", ", but only by day.")] == ["contrast"]
    assert [d.check for d in lost_by_cutting("Up to ", "40 people were hurt", ".")] == ["number"]
    assert lost_by_cutting("", "The road is safe", " and the bridge is open.") == ()
