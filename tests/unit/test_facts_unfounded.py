import pytest

from briefing.text.facts.unfounded import unfounded

LEVEE = "The levee at Ostrow gave way at 02:40 on Tuesday, and the river stood waist-deep in the lower town."
MERGER = "Vale Bank has agreed to buy Orme Savings for 3.4 billion crowns in shares and will close 121 branches."
ARMY = "The army has sent 220 recruits to Ostrow to help firefighters reinforce what remains of the levee."


@pytest.mark.parametrize(
    ("claim", "evidence", "said"),
    [
        ("The army has sent 220 recruits to Ostrow to prevent looting.", ARMY, "prevent looting"),
        ("The army has sent 220 recruits and drones to Ostrow.", ARMY, "drones"),
        ("The merged bank will close 121 rural branches.", MERGER, "rural"),
        ("Vale Bank agreed to buy Orme Savings with a 3.4 billion crowns bonus.", MERGER, "bonus"),
        ("Vale Bank, the oldest lender, has agreed to buy Orme Savings.", MERGER, "oldest lender"),
        ("The levee at Ostrow gave way on Tuesday because of melting snow.", LEVEE, "melting snow"),
        ("The levee at Ostrow gave way on Tuesday, exceeding the safety limit.", LEVEE, "exceeding the safety limit"),
    ],
)
def test_what_is_added_to_the_evidence_is_named(claim: str, evidence: str, said: str) -> None:
    assert said in unfounded(claim, [evidence])


@pytest.mark.parametrize(
    ("claim", "evidence"),
    [
        ("The levee at Ostrow failed on Tuesday.", LEVEE),
        ("The lower town was flooded after the levee broke.", LEVEE),
        ("The army deployed 220 people to help firefighters strengthen the levee.", ARMY),
        ("Vale Bank will acquire Orme Savings in a deal worth 3.4 billion crowns.", MERGER),
        ("Officials said that Vale Bank plans to shut 121 branches.", MERGER),
    ],
)
def test_other_words_for_the_same_are_not_strange(claim: str, evidence: str) -> None:
    assert unfounded(claim, [evidence]) == ()


def test_a_broader_word_is_not_strange() -> None:
    assert unfounded("Burrowing animals weakened it.", ["Burrowing rabbits weakened it."]) == ()


def test_the_sentence_before_may_say_who_is_meant() -> None:
    claim, evidence = "The bakers demand 8 percent more pay.", "They demand 8 percent more pay."
    assert unfounded(claim, [evidence], ["The bakers of Orlen met on Monday."]) == ()


def test_what_stands_elsewhere_in_the_article_counts_half() -> None:
    claim = "The army has sent 220 recruits and drones to Ostrow."
    assert unfounded(claim, [ARMY])
    assert unfounded(claim, [ARMY], (), "en", f"{ARMY} Two drones are looking for survivors.") == ()


def test_a_long_paraphrase_may_hold_a_strange_word_and_a_short_one_may_not() -> None:
    evidence = (
        "The army has sent 220 recruits to Ostrow to help firefighters reinforce what remains of the levee at the "
        "mill, where the river broke through on Tuesday and flooded the houses, the school and the market."
    )
    assert unfounded("The army has sent 220 recruits and drones.", [evidence])
    longer = (
        "After the river had broken through the levee at the mill on Tuesday and flooded houses, school and market, "
        "220 recruits of the army and drones were sent to reinforce what remains and help firefighters at Ostrow."
    )
    assert unfounded(longer, [evidence]) == ()


def test_languages_without_a_thesaurus_are_left_alone() -> None:
    assert unfounded("Die Armee schickt 220 Rekruten und Drohnen.", ["Die Armee schickt 220 Rekruten."], (), "de") == ()
