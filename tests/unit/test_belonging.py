from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from briefing.text.belonging import Stray, fits, profile, strays

DAM = [
    "Water rose over the Harrow dam on Monday after nine days of rain, the county of Harrow said.",
    "Engineers of the county opened two gates of the dam to let the water go.",
    "Harrow's mayor, Ilse Brandt, asked people below the dam to leave their houses.",
    "Brandt said that the gates would stay open until the rain ends.",
    "About two thousand people in Harrow spent the night in schools and churches.",
    "The dam was built in 1931 and its gates were replaced ten years ago.",
]
TEASER = [
    "Singer Nadia Okafor cancels European tour",
    "Okafor, who won two Grammys with the album Velvet Orchard, cited exhaustion. Promoters in Lisbon, Vienna and"
    " Prague will refund the tickets.",
]


def places(paragraphs: list[str]) -> list[int]:
    return [stray.place for stray in strays([profile(p) for p in paragraphs])]


def test_a_text_about_one_thing_has_no_strays() -> None:
    assert places(DAM) == []


def test_headline_and_blurb_of_another_story_are_strays() -> None:
    assert places([*DAM[:3], *TEASER, *DAM[3:]]) == [3, 4]


def test_a_run_of_another_story_does_not_vouch_for_itself() -> None:
    more = "Okafor had sung in Lisbon and Vienna in spring, and her album Velvet Orchard sold well in Prague."
    assert places([*DAM[:4], *TEASER, more, *DAM[4:]]) == [4, 5, 6]


def test_a_stray_says_how_little_it_shares() -> None:
    found = strays([profile(p) for p in [*DAM, TEASER[1]]])
    assert found == (Stray(6, 0, found[0].of),)
    assert found[0].of > 5


def test_colour_that_leans_on_the_text_stays() -> None:
    colour = "Instead she packed two suitcases, a clarinet and the parrot, and drank her coffee standing."
    assert places([*DAM[:3], colour, *DAM[3:]]) == []


def test_the_same_weak_paragraph_goes_where_another_is_clearly_foreign() -> None:
    weak = "Collectors paid record sums for postage stamps at three auctions, brokers reported."
    assert places([*DAM[:4], weak, *DAM[4:]]) == []
    assert places([*DAM[:2], *TEASER, *DAM[2:4], weak, *DAM[4:]]) == [2, 3, 6]


def test_a_title_that_fits_speaks_for_a_paragraph() -> None:
    levy = "Shares of Kestrel Insurance fell in Oslo and Copenhagen; analysts expect claims of two billion crowns."
    paragraphs = [profile(p) for p in [*DAM[:3], levy, *DAM[3:]]]
    title = profile("Kestrel Insurance halted over Harrow dam, the county of Harrow and Brandt")
    assert [stray.place for stray in strays(paragraphs)] == [3]
    assert strays(paragraphs, title) == ()


def test_a_title_of_another_story_does_not_speak_for_its_teaser() -> None:
    paragraphs = [profile(p) for p in [*DAM[:3], *TEASER, *DAM[3:]]]
    assert [stray.place for stray in strays(paragraphs, profile(TEASER[0]))] == [3, 4]


def test_pronouns_are_told_apart_by_person() -> None:
    assert profile("He gave him his hat").words.keys() == {"he", "hat"}
    assert "ich" in profile("Mir gefiel der Hut", "de").words


def test_a_short_quote_without_a_speaker_stays() -> None:
    assert places([*DAM[:3], "“It was very loud,” she said.", *DAM[3:]]) == []


def test_too_few_paragraphs_to_tell_are_all_kept() -> None:
    assert places([DAM[0], TEASER[1]]) == []


def test_a_digest_of_unrelated_briefs_is_kept() -> None:
    briefs = [
        "Nurses in Lyon walked out over night shifts and pay.",
        "A comet discovered by a student in Quito brightens this week.",
        "Chess champion Arvid Lund withdrew from the Oslo tournament with influenza.",
        "Copper prices fell to their lowest since March on the London exchange.",
        "Zoo keepers in Perth welcomed triplets of a snow leopard.",
        "The bakery chain Kornhaus opens forty shops across Saxony.",
    ]
    assert places(briefs) == []


def test_strays_are_found_in_german() -> None:
    dam = [
        "Nach neun Tagen Regen lief am Montag Wasser über den Harrower Damm, teilte der Landkreis mit.",
        "Ingenieure des Landkreises öffneten zwei Tore des Damms, damit das Wasser abfließt.",
        "Bürgermeisterin Ilse Brandt bat die Menschen unterhalb des Damms, ihre Häuser zu verlassen.",
        "Brandt sagte, die Tore des Damms blieben offen, bis der Regen endet.",
        "Der Damm wurde 1931 gebaut, seine Tore sind zehn Jahre alt.",
    ]
    other = (
        "Die Sängerin Nadia Okafor verschiebt ihre Tournee wegen Erschöpfung. Konzertkarten für Lissabon, Wien und Prag"
        " behalten ihre Gültigkeit, erklärte die Plattenfirma."
    )
    paragraphs = [profile(p, "de") for p in [*dam[:2], other, *dam[2:]]]
    assert [stray.place for stray in strays(paragraphs)] == [2]


def test_a_right_title_fits_and_a_wrong_one_does_not() -> None:
    text = [profile(p) for p in DAM]
    assert fits(profile("Thousands flee as Harrow dam overflows"), text)
    assert not fits(profile("Okafor cancels tour across Europe"), text)


def test_a_title_meets_its_text_by_the_beginnings_of_words() -> None:
    text = [profile("The Harrowers drained the reservoirs of Brandtland.")]
    assert fits(profile("Brandtlandish reservoir drainage"), text)


def test_a_title_without_meaning_fits() -> None:
    assert fits(profile("And what of it?"), [profile(p) for p in DAM])


def test_names_that_look_like_stop_words_count() -> None:
    assert "IT" in profile("The IT of the WHO").words
    assert "WHO" in profile("The IT of the WHO").words


@given(st.lists(st.text(max_size=80), max_size=12))
def test_any_text_can_be_judged(paragraphs: list[str]) -> None:
    profiles = [profile(p) for p in paragraphs]
    found = [stray.place for stray in strays(profiles)]
    assert found == sorted(set(found))
    assert all(0 <= place < len(paragraphs) for place in found)
    fits(profile("dam"), profiles)


FERRY = [
    "Residents of Orlen have waited for years.",
    "The crossing is to take nine minutes and replace a drive of an hour and a half around the lake.",
    "Velmfahrt will run the boats from Monday, with tickets at four euros and free rides for pupils.",
    "Fishermen complained about noise and demanded compensation, though a court in the capital had rejected that.",
]


def test_a_short_page_keeps_paragraphs_that_share_little() -> None:
    assert places(FERRY) == []
    assert places([*DAM[:4], TEASER[1]]) == []


def test_a_short_page_loses_a_headline_with_its_blurb() -> None:
    assert places([*DAM[:2], *TEASER, DAM[2]]) == [2, 3]


def test_a_short_page_under_a_foreign_title_loses_its_stray() -> None:
    paragraphs = [profile(p) for p in [*DAM[:4], TEASER[1]]]
    wrong = profile("Kestrel Rovers beat Tarn United in extra time")
    assert [stray.place for stray in strays(paragraphs, wrong)] == [4]
