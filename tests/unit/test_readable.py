from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.text.readable import Fault, fault, follows, length, narrates, opening, quoted

ALONE = [
    "The mayor of Ostrand, Lena Brask, opened the new bridge on Monday.",
    "Nordhavn Shipping said on Friday that it would cut 400 jobs at its yard in Ostrand.",
    "Police in Ostrand arrested two men after a fire at the harbour, a spokeswoman said.",
    '"The dam will hold through the winter," said Ines Calder, who leads the water board.',
    '"The dam will hold through the winter," the water board said in a statement.',
    "It was not immediately clear whether the valley road could be reopened on Tuesday.",
    "This week the council of Ostrand votes on the harbour budget for the first time.",
    "The government said unemployment had fallen to 4.2 percent in October.",
    "When Lena Brask took office, she promised to reopen the valley line.",
    "Those who live below the dam were told to leave their homes by noon.",
    "The attack on the Ostrand depot killed three guards on Sunday, the army said.",
    "On Sunday evening in Ostrand, Lena Brask said she would not stand again.",
    "So far the harbour board of Ostrand has paid out 12 million crowns.",
]
LEANING = [
    "He said the bridge would be closed for repairs until the spring.",
    "They had been living in the harbour district for more than ten years.",
    "But the council of Ostrand voted against the plan on Monday evening.",
    "However, the council of Ostrand voted against the plan on Monday.",
    "The council of Ostrand, however, voted against the plan on Monday.",
    "Meanwhile, the council of Ostrand voted against the plan on Monday.",
    "This was the third time that the road had been closed since May.",
    "The company said on Friday that 400 jobs would be cut at the yard.",
    "The two men were taken to the hospital in Ostrand on Sunday.",
    "In a statement, the company said that 400 jobs would be cut.",
    "On Tuesday, he told the council that the bridge would be closed.",
    "In an interview in Ostrand, she said that the bridge would be closed.",
    "The 34-year-old was arrested at the harbour early on Monday morning.",
    "Lena Brask also said that the valley line would be reopened.",
    "Two days later, the council of Ostrand voted against the plan.",
    "The attack was condemned by every party in the council of Ostrand.",
    "The assistant said the doors had been locked on Sunday night.",
    "The newly built harbour wall was inspected by divers on Monday.",
    "The agreement, which runs for a year, was signed on Monday in Ostrand.",
    "One of the suspects, a sailor from Norland, was arrested on Tuesday night.",
    "Divers of the navy destroyed part of it before the bridge was reopened.",
    "A file will be sent to the council of Ostrand, police said as he was released.",
    "The town's new bridge was opened by the mayor of Ostrand on Monday.",
    "(Ostrand has four of them.) Mayor Lena Brask opened the bridge on Monday.",
]
SPEAKERLESS = [
    '"We will fight this decision in every court there is", he said.',
    '"The work will be hard, but we will finish it", - said in a statement.',
    '"It had a very wide impact on the work, which was stalled for months".',
    '"We will fight this decision in every court there is.',
    "On the new bridge of Ostrand: “It is the finest in all the valley.”",
    "“The work will be hard for all of us in the valley.",
]


@pytest.mark.parametrize("sentence", ALONE)
def test_sentences_that_stand_alone(sentence: str) -> None:
    assert fault(sentence) is None


@pytest.mark.parametrize("sentence", LEANING)
def test_sentences_that_need_the_one_before(sentence: str) -> None:
    assert fault(sentence) is Fault.LEANS


@pytest.mark.parametrize("sentence", SPEAKERLESS)
def test_quotations_without_a_speaker(sentence: str) -> None:
    assert fault(sentence) in (Fault.SPEAKER, Fault.LEANS)


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("Rain fell in Ostrand.", Fault.SHORT),
        ("The dam " + "and the bridge " * 20 + "held.", Fault.LONG),
        ("Will the dam of Ostrand hold through the winter?", Fault.QUESTION),
        ("Three things to know about the Ostrand dam", Fault.FRAGMENT),
        ("An early view of the dam above Ostrand, the tallest of the valley.", Fault.FRAGMENT),
        ("The mayor of Ostrand said that the bridge…", Fault.FRAGMENT),
        ("I was standing on the bridge of Ostrand when the water came.", Fault.PERSON),
        ("You can watch the opening of the Ostrand bridge on Sunday.", Fault.PERSON),
        ("Sign up for the Ostrand Courier and get the news every morning.", Fault.FURNITURE),
        ("A man leaves the bridge in Ostrand, May 3, 2031.", Fault.FURNITURE),
        ("Dockers remove barbed wire near the gate of Ostrand, Saturday, Feb. 19, 2031.", Fault.FURNITURE),
        (". in question on behalf of the mayor, and the deputy mayor signed one.", Fault.FRAGMENT),
        ("A woman waves a flag during a rally for the ousted mayor in the old harbour of Ostrand.", Fault.FURNITURE),
        ("A wounded docker is helped by other dockers in Ostrand, Saturday, Feb. 19, 2031.", Fault.FURNITURE),
        ("Quake shakes Ostrand valley An earthquake of magnitude five struck on Monday.", Fault.FURNITURE),
        ("A racing game where players can steer with their hands in Ostrand.", Fault.FRAGMENT),
        ("Pour the warm milk over the bread, and leave it for a while.", Fault.PERSON),
        ("THE MAYOR OF OSTRAND OPENED THE NEW BRIDGE.", Fault.FURNITURE),
    ],
)
def test_other_faults(sentence: str, found: Fault) -> None:
    assert fault(sentence) is found


@pytest.mark.parametrize(
    ("sentence", "language"),
    [
        ("Er sagte, die Brücke bleibe bis zum Frühjahr gesperrt.", "de"),
        ("Außerdem stimmte der Rat von Ostrand gegen den Plan.", "de"),
        ("Diese Entscheidung traf der Rat von Ostrand am Montag.", "de"),
        ("Die 34-Jährige wurde am Montag in Ostrand festgenommen.", "de"),
        ("Elle a déclaré que le pont resterait fermé jusqu'au printemps.", "fr"),
        ("Cependant, le conseil d'Ostrand a voté contre le projet.", "fr"),
        ("Sin embargo, el consejo de Ostrand votó contra el plan.", "es"),
        ("Dijo que el puente seguiría cerrado hasta la primavera.", "es"),
    ],
)
def test_other_languages_lean_too(sentence: str, language: str) -> None:
    assert fault(sentence, language) is Fault.LEANS


@pytest.mark.parametrize(
    ("sentence", "language"),
    [
        ("Der Rat von Ostrand stimmte am Montag gegen den neuen Hafenplan.", "de"),
        ("Diese Woche stimmt der Rat von Ostrand über den Hafenplan ab.", "de"),
        ("Le conseil d'Ostrand a voté lundi contre le projet de pont.", "fr"),
        ("Il y a trois ponts dans la vallée d'Ostrand depuis lundi.", "fr"),
        ("El consejo de Ostrand votó el lunes contra el plan del puerto.", "es"),
        ("Rada města Ostrand v pondělí hlasovala proti novému plánu přístavu.", "cs"),
    ],
)
def test_other_languages_stand_alone(sentence: str, language: str) -> None:
    assert fault(sentence, language) is None


@pytest.mark.parametrize(
    ("sentence", "rest"),
    [
        ("OSTRAND (Reuters) - The bridge is open.", "The bridge is open."),
        ("OSTRAND, May 3 — The bridge is open.", "The bridge is open."),
        ("Ostrand, Norland (CNN) The bridge is open.", "The bridge is open."),
        ("2. The bridge is open.", "The bridge is open."),
        ("• The bridge is open.", "The bridge is open."),
        ("The bridge - long closed - is open.", "The bridge - long closed - is open."),
        (
            "The Ostrand Water Board (OWB) Chief Ines Calder left.",
            "The Ostrand Water Board (OWB) Chief Ines Calder left.",
        ),
    ],
)
def test_opening_leaves_out_datelines_and_bullets(sentence: str, rest: str) -> None:
    assert sentence[opening(sentence) :] == rest


def test_a_sentence_within_a_quotation_begun_before() -> None:
    for text, within in (
        ('"We are glad. We go."', True),
        ("“We are glad. We go.”", True),
        ('"We are glad," she said. We go.', False),
        ("„Wir sind froh“, sagte sie. We go.", False),
        ("„Wir sind froh. We go.“", True),
        ("« Nous sommes contents. We go. »", True),
    ):
        assert quoted(text, [text.index("We go")]) == [within], text


def test_quotations_are_followed_from_sentence_to_sentence_of_a_paragraph() -> None:
    text = '"Elsewhere. One. "Two. Three," he said. Four.'
    assert quoted(text, [12, 17, 23, 40], 12) == [False, False, True, False]


def test_a_pronoun_follows_only_somebody() -> None:
    assert follows("He left at noon.", "Mayor Arne Holt spoke to the council.")
    assert not follows("He left at noon.", "It was raining in Ostrand.")


def test_length_may_be_left_out_of_account() -> None:
    assert fault("Rain fell in Ostrand.", any_length=True) is None
    assert fault("Will it rain?", any_length=True) is Fault.QUESTION


def test_what_was_done_stays_true() -> None:
    assert narrates("The dockers of Ostrand went back to work.")
    assert not narrates("The dockers of Ostrand want more pay.")


def test_scripts_without_spaces_have_length() -> None:
    assert length("市议会周一投票反对新的港口计划并要求市长在春天之前提交报告给所有居民") > 10


@given(st.text(min_size=1).filter(str.strip), st.sampled_from(["en", "de", "fr", "es", "ja", ""]))
def test_any_text_has_an_answer(text: str, language: str) -> None:
    line = " ".join(text.split())
    fault(line, language)
    assert 0 <= opening(line) < len(line)


PLAIN = """\
Orrin Rovers beat Aldham Town 3-1 on Thursday with two goals by Jon Petrie.
Masra usually exports 4 million tonnes of wheat a year.
Norhaven produces half of the copper that Masra needs.
Prices doubled in Orrin after the harvest failed.
The river Alva overflows its banks in Norhaven almost every spring.
Farmers in Masra grow maize and beans on the northern plain.
Lena Brask defeats Ines Calder in the final of the Orrin Open.
The Orrin Museum attracts 40,000 visitors in a normal year.
Workers at the Norhaven port earn 14 crowns an hour.
Two ferries cross the Alva strait every morning from Orrin.
Police in Orrin detain dozens of football fans each weekend.
Jon Petrie drank from the lake near Orrin on Sunday.
Masra imports nearly all of its gas from Norland.
Aldham Town drew 2-2 with Orrin Rovers on Saturday.
Snow covers the passes between Masra and Norland until May.
Voters in Norland elect a new parliament on Sunday.
Thieves stole three paintings from the Orrin Museum on Monday.
A bus from Norhaven overturned near Orrin on Monday.
The Norhaven council meets on the first Monday of the month.
Wolves ate twenty sheep near Orrin in the night to Monday.
Snow froze the railway line between Orrin and Aldham on Sunday.
The ministry in Orrin publishes its figures every Monday.
Shares in Orrin Steel slid 4% on the Norhaven exchange on Monday.
Children in Aldham walk two miles to school every morning.
Calder teaches at the university of Norhaven in the winter.
Orrin Steel employs 4,000 people in the port of Norhaven.
Ines Calder hails from a village near Orrin in the north of Masra.
Trains between Orrin and Aldham rarely stop at the eight stations on weekdays.
Masra and Norland share a border of 400 kilometres.
Doctors at the Orrin hospital treat about 300 patients a day.
The new bridge shortens the way from Orrin to Aldham by an hour.
"""
NO_VERB = """\
The harbour of Orrin at dawn on the first day of the winter season.
Jon Petrie, right, with team mates of Orrin Rovers after the match in Aldham.
Prime Minister Ines Calder of Masra at the summit in Norhaven on Monday.
Weather in Norhaven and the surrounding valleys for the next five days.
A boat with tourists on the river Alva near Orrin in the summer.
Members of the Orrin fire service outside the burning hotel on Monday night.
Five things for the coming weekend in Norhaven and in Orrin.
The full text of the speech by Ines Calder in Norhaven.
Latest news from Masra and from the other states of the region.
An interview with Jon Petrie of Orrin Rovers about goals and glory.
Residents of Aldham with buckets of water from the river Alva.
From left, Lena Brask, Jon Petrie and Ines Calder at the museum in Orrin.
A game for children that players steer by hand.
The best restaurants in the old town of Norhaven for families.
"""


@pytest.mark.parametrize("sentence", PLAIN.splitlines())
def test_plain_sentences_with_ordinary_verbs_are_whole(sentence: str) -> None:
    assert fault(sentence) is None


@pytest.mark.parametrize("text", NO_VERB.splitlines())
def test_captions_and_headings_with_a_full_stop_are_refused(text: str) -> None:
    assert fault(text) in (Fault.FRAGMENT, Fault.FURNITURE)


def test_a_speaker_who_is_only_a_pronoun_was_named_before() -> None:
    assert fault("The savings that Orrin Steel expects come to more than the whole price, she argued.") is Fault.LEANS
