"""What differs between a claim and its evidence: numbers, dates, names, roles, quotations and speakers."""

from datetime import date

import pytest

from briefing.text.facts.compare import Evidence, differences

THURSDAY = date(2026, 3, 5)
FACTS = {"number", "date", "name", "quotation", "role"}


def found(claim: str, *sources: str, article: str = "", language: str = "en", source: str = "en") -> set[str]:
    evidence = [Evidence(text, source, THURSDAY) for text in sources]
    whole = Evidence(article, source, THURSDAY) if article else None
    return {d.check for d in differences(claim, evidence, (), language, whole)} & FACTS


NUMBERS_KEPT = [
    ("About 1,900 jobs will be cut.", "About 1,900 of the combined 14,200 jobs will be cut."),
    ("They argue over the 24 cranes.", "They argue about 24 cranes."),
    ("About 2 million people live in the valley.", "The valley has 1.98 million inhabitants."),
    ("Half of the voters stayed at home.", "Some 50 percent of voters stayed at home."),
    ("A third of the voters stayed at home.", "33% of voters stayed at home."),
    ("Half a million people fled.", "Around 500,000 people fled."),
    ("Two men were held.", "A pair of men were held."),
    ("Two men were held.", "Both men were held."),
    ("Five people died.", "Two men and three women died."),
    ("He was jailed for two years.", "He was jailed for 24 months."),
    ("The drought lasted 20 years.", "The drought lasted two decades."),
    ("The road is 8 km long.", "The road is five miles long."),
    ("Profit doubled in the third quarter.", "Profit doubled in Q3."),
    ("Profit doubled in the third quarter of 2025.", "In the third quarter of 2025 profit doubled."),
    ("Tens of thousands marched.", "An estimated 40,000 people marched."),
    ("Hundreds of people marched.", "About 400 people marched."),
    ("The fourth season begins in May.", "Season 4 begins in May."),
    ("It cost two and a half million euros.", "It cost 2.5 million euros."),
    ("More than 50 are missing.", "Over 50 are missing."),
    ("More than 50 are missing.", "At least 51 are missing."),
    ("The meeting began at 3 pm.", "The meeting began at 15:00."),
    ("The meeting began at 3:30 p.m.", "The meeting began at 3.30 pm."),
    ("Nobody was hurt and zero homes burned.", "Nobody was hurt and no homes burned."),
    ("The bank made $3 million on revenue of $40 million.", "The bank made $3 million on revenue of $40 million."),
    ("A 34-year-old man was held.", "The man, 34, was held."),
    ("The firm paid 1.2 billion euros.", "The firm paid €1.2bn."),
    ("Anna Berg and Carl Lind, the two candidates, met.", "The candidates Anna Berg and Carl Lind met."),
    ("In the 1990s the mine closed.", "The mine closed in 1994."),
    ("The 2018–19 school year began.", "The 2018-2019 school year began."),
]
NUMBERS_CAUGHT = [
    ("Six men were held.", "Two men were held."),
    ("Two million people live there.", "Two thousand people live there."),
    ("More than 20 people were hurt.", "20 people were hurt."),
    ("Nearly 20 people were hurt.", "More than 20 people were hurt."),
    ("Hundreds of people were hurt.", "Dozens of people were hurt."),
    ("Exactly 3,000 people marched.", "Thousands of people marched."),
    ("Five men died.", "Two men and three women died."),
    ("40 people were killed and 14 hurt.", "14 people were killed and 40 hurt."),
    ("The bank made $40 million on revenue of $3 million.", "The bank made $3 million on revenue of $40 million."),
    ("Rents rose 5 percent.", "Rents rose 5 percentage points."),
    ("It cost 3 million euros.", "It cost 3 million dollars."),
    ("The road is 5 km long.", "The road is five miles long."),
    ("He was jailed for two months.", "He was jailed for two years."),
    ("Profit tripled.", "Profit doubled."),
    ("Profit rose in the second quarter.", "Profit rose in Q3."),
    ("The meeting began at 4 pm.", "The meeting began at 15:00."),
    ("It fell to 4.5 percent.", "It fell to 5.4 percent."),
    ("Three quarters of the voters stayed at home.", "A quarter of the voters stayed at home."),
    ("A 43-year-old man was held.", "The man, 34, was held."),
    ("Three in four voters stayed away.", "Two in four voters stayed away."),
]


@pytest.mark.parametrize(("claim", "source"), NUMBERS_KEPT)
def test_numbers_that_say_the_same_pass(claim: str, source: str) -> None:
    assert not found(claim, source)


@pytest.mark.parametrize(("claim", "source"), NUMBERS_CAUGHT)
def test_numbers_that_differ_are_named(claim: str, source: str) -> None:
    assert "number" in found(claim, source)


DATES_KEPT = [
    ("It opened on Tuesday.", "It opened on 3 March."),
    ("It opened on 3 March 2026.", "It opened on Tuesday."),
    ("It opened on March 3.", "It opened two days ago, on Tuesday."),
    ("It opened in 2026.", "It opened on Tuesday."),
    ("It opened this week.", "It opened on Tuesday."),
    ("It opened in the nineties.", "It opened in 1994."),
    ("It opened in March 2026.", "It opened in March."),
    ("It runs from 2018 to 2019.", "It runs 2018-19."),
    ("The plan for fiscal 2026 is ready.", "The plan for FY2026 is ready."),
    ("Last month it closed.", "In February it closed."),
    ("It closed on Friday night.", "It closed late Friday."),
]
DATES_CAUGHT = [
    ("It opened on Wednesday.", "It opened on 3 March."),
    ("It opened yesterday.", "It opened on Tuesday."),
    ("It opened on 4 March.", "It opened on Tuesday."),
    ("It opened on 3 April.", "It opened on 3 March."),
    ("It opened in 1994.", "It opened in the 1990s."),
    ("It opened in the 1980s.", "It opened in 1994."),
    ("It opened in 2025.", "It opened in 2026."),
    ("It opened on 12 March.", "It opened in March."),
    ("It opened last year.", "It opened last month."),
    ("It opens next Monday.", "It opens next Tuesday."),
    ("It opened in 2024.", "It opened with a feast."),
]


@pytest.mark.parametrize(("claim", "source"), DATES_KEPT)
def test_dates_that_say_the_same_pass(claim: str, source: str) -> None:
    assert not found(claim, source)


@pytest.mark.parametrize(("claim", "source"), DATES_CAUGHT)
def test_dates_that_differ_are_named(claim: str, source: str) -> None:
    assert "date" in found(claim, source)


def test_relative_days_are_compared_where_no_date_of_publication_is_known() -> None:
    assert [d.check for d in differences("It opened today.", [Evidence("It opened yesterday.")])] == ["date"]
    assert not differences("It opened yesterday.", [Evidence("It opened yesterday.")])


NAMES_KEPT = [
    ("A Chinese mine collapsed.", "A mine in China collapsed."),
    ("The Dutch minister resigned.", "The minister of the Netherlands resigned."),
    ("Spaniards voted.", "People voted in Spain."),
    ("U.S. troops left.", "American troops left."),
    ("Troops left the United States.", "Troops left America."),
    ("The Ibero-American Cup began.", "The Iberoamerican Cup began."),
    ("Volodymyr Zelensky spoke.", "Volodymyr Zelenskyy spoke."),
    ("The ECB raised rates.", "The European Central Bank raised rates."),
    ("The European Central Bank raised rates.", "The ECB raised rates."),
    ("The CEO of Tarn Steel resigned.", "Tarn Steel's chief executive resigned."),
    ("Ms Lind resigned.", "Mara Lind resigned."),
    ("President Mara Lind spoke.", "Mara Lind, the president, spoke."),
    ("Ex-minister Mara Lind spoke.", "Mara Lind, a former minister, spoke."),
    ("Former minister Mara Lind spoke.", "The one-time minister Mara Lind spoke."),
    ("Tarn Dam Bursts After Heavy Rain", "A dam at Tarn burst after heavy rain."),
    ("Prime Minister Mara Lind spoke.", "Premier Mara Lind spoke."),
    ("Spokesperson Mara Lind spoke.", "Spokeswoman Mara Lind spoke."),
    ("Kickboxer Mara Lind, who has retired, spoke.", "Kickboxer Mara Lind spoke; she has retired."),
    ("Past champion Mara Lind spoke.", "Former champion Mara Lind spoke."),
    ("Former President Mara Lind, who led Orlen, spoke.", "Mara Lind, the former president of Orlen, spoke."),
]
NAMES_CAUGHT = [
    ("The Belgian minister resigned.", "The minister of the Netherlands resigned."),
    ("Nigeria's minister resigned.", "Niger's minister resigned."),
    ("John Robertson resigned.", "John Robert resigned."),
    ("Iran fired first.", "Iraq fired first."),
    ("Turkey fired first.", "Greece fired first."),
    ("Anna Lind resigned.", "Mara Lind resigned."),
    ("Minister Mara Lind spoke.", "Mara Lind, the former minister, spoke."),
    ("Former minister Mara Lind spoke.", "Minister Mara Lind spoke."),
    ("Prime Minister Mara Lind spoke.", "Deputy Prime Minister Mara Lind spoke."),
    ("Mayor Mara Lind spoke.", "Governor Mara Lind spoke."),
    ("Mara Lind, the mayor of Tarn, spoke.", "Mara Lind, the governor of Tarn, spoke."),
    ("Finance Minister Mara Lind spoke.", "Foreign Minister Mara Lind spoke."),
    ("Finance Minister Mara Lind met Carl Berg.", "Mara Lind met Finance Minister Carl Berg."),
    ("The banker Mara Lind spoke.", "The former banker Mara Lind spoke."),
    ("The former banker Mara Lind spoke.", "The banker Mara Lind spoke."),
    ("President Mara Lind spoke.", "Vice President Mara Lind spoke."),
    ("Anna Berg and Carl Lind spoke.", "Anna Berg and Mara Lind spoke."),
]


@pytest.mark.parametrize(("claim", "source"), NAMES_KEPT)
def test_names_that_say_the_same_pass(claim: str, source: str) -> None:
    assert not found(claim, source)


@pytest.mark.parametrize(("claim", "source"), NAMES_CAUGHT)
def test_names_and_roles_that_differ_are_named(claim: str, source: str) -> None:
    assert found(claim, source) & {"name", "role"}


def test_a_name_from_elsewhere_in_the_article_may_stand_for_a_pronoun_but_not_for_another_name() -> None:
    article = "Mara Lind leads Tarn Steel. She was born in Orlen. Carl Berg leads the union. He resigned."
    assert not found("Mara Lind was born in Orlen.", "She was born in Orlen.", article=article)
    assert not found("Mara Lind resigned.", "Lind resigned.", article=article + " Lind resigned.")
    assert found("Carl Berg was born in Orlen.", "Mara Lind was born in Orlen.", article=article)
    assert found(
        "Will Carver has led Tarn Steel since May.", "Tarn Steel hired Mara Lind in May.", article="Will Carver"
    )


QUOTATIONS_KEPT = [
    ("“We will stay,” said Lind.", "“We will stay,” Mara Lind said."),
    ("Lind said they would “stay”.", "“We will stay,” said Mara Lind."),
    ("Lind called it “a disaster ... for all”.", "“It is a disaster, I tell you, for all,” said Lind."),
    ("She sang in “The Bells of Orlen”.", "She sang in The Bells of Orlen."),
]
QUOTATIONS_KEPT += [
    ("The minister said the dam would hold.", "Mara Lind, the minister, said the dam would hold."),
    ("Lind said the dam would hold.", "She said the dam would hold, and left with Lind."),
    ("Officials said the dam would hold.", "Police said the dam would hold."),
    ("Lind said the dam would hold “for years”, adding that nobody knew.", "“It will hold for years,” said Lind."),
    (
        "Lind regretted trusting Berg, saying he “lied to us all along”.",
        "“He lied to us all along,” Lind said of Berg.",
    ),
    ("“We will stay whatever they say,” said Lind.", "“We will stay,” said Lind, “whatever they say.”"),
]
QUOTATIONS_CAUGHT = [
    ("Neighbors said the dam would hold.", "Police said the dam would hold."),
    ("Mara Lind said the dam would hold.", "Officials said the dam would hold. Mara Lind left."),
    ("“We may stay,” said Mara Lind.", "“We will stay,” Lind said."),
    ("“We will stay,” said Carl Berg.", "“We will stay,” Lind said. Carl Berg left."),
    ("Carl Berg said the dam would hold.", "Mara Lind said the dam would hold. Carl Berg left."),
    ("Carl Berg warned that the dam could burst.", "Mara Lind warned that the dam could burst, and Carl Berg left."),
    ("“The dam burst on its own,” said Lind.", "The dam burst on its own. Lind was away."),
    ("Lind said: “Nobody knew about the dam.”", "Lind said the dam burst."),
]


@pytest.mark.parametrize(("claim", "source"), QUOTATIONS_KEPT)
def test_quotations_that_stand_in_the_source_pass(claim: str, source: str) -> None:
    assert not found(claim, source)


@pytest.mark.parametrize(("claim", "source"), QUOTATIONS_CAUGHT)
def test_quotations_and_speakers_that_differ_are_named(claim: str, source: str) -> None:
    assert "quotation" in found(claim, source)


def test_a_quotation_may_run_over_two_cited_sentences() -> None:
    assert not found(
        "“We will stay. We will not leave,” said Lind.", "“We will stay.", "We will not leave,” said Lind."
    )


ACROSS_KEPT = [
    ("The state pays 1.5 billion euros.", "Der Staat zahlt 1,5 Milliarden Euro.", "de"),
    ("The minister resigned on Tuesday.", "Der Minister trat am Dienstag zurück.", "de"),
    ("The fire broke out in Munich.", "Das Feuer brach in München aus.", "de"),
    ("Germany and France agreed.", "Deutschland und Frankreich einigten sich.", "de"),
    ("The foreign ministry in Vienna objected.", "Das Außenministerium in Wien widersprach.", "de"),
    ("The Foreign Ministry objected.", "Das Außenministerium widersprach.", "de"),
    ("Vladimir Putin spoke.", "Vladimir Poutine a parlé.", "fr"),
    ("Two and a half billion euros were paid.", "2,5 milliards d'euros ont été versés.", "fr"),
    ("Spain's Prime Minister spoke.", "El presidente del Gobierno de España habló.", "es"),
]
ACROSS_CAUGHT = [
    ("The state pays 1.5 million euros.", "Der Staat zahlt 1,5 Milliarden Euro.", "de"),
    ("The minister resigned on Thursday.", "Der Minister trat am Dienstag zurück.", "de"),
    ("Poland and France agreed.", "Deutschland und Frankreich einigten sich.", "de"),
    ("Boris Johnson spoke.", "Vladimir Poutine a parlé.", "fr"),
    ("The fire broke out in Hamburg.", "Das Feuer brach in München aus.", "de"),
]


@pytest.mark.parametrize(("claim", "source", "language"), ACROSS_KEPT)
def test_facts_agree_across_languages(claim: str, source: str, language: str) -> None:
    assert not found(claim, source, source=language)


@pytest.mark.parametrize(("claim", "source", "language"), ACROSS_CAUGHT)
def test_facts_that_differ_across_languages_are_named(claim: str, source: str, language: str) -> None:
    assert found(claim, source, source=language)


SAME_LANGUAGE_CAUGHT = [
    ("Gestern kam Scholz nach Berlin.", "Gestern kam Merkel nach Berlin.", "de"),
    ("In Hamburg brannte ein Haus.", "In München brannte ein Haus.", "de"),
    ("Hier, Marie Dupont a parlé.", "Hier, Jeanne Dupont a parlé.", "fr"),
    ("Le ministre a payé 3 millions d'euros.", "Le ministre a payé 3 milliards d'euros.", "fr"),
    ("El alcalde de Sevilla dimitió el lunes.", "El alcalde de Sevilla dimitió el martes.", "es"),
]


@pytest.mark.parametrize(("claim", "source", "language"), SAME_LANGUAGE_CAUGHT)
def test_facts_of_other_languages_are_compared(claim: str, source: str, language: str) -> None:
    assert found(claim, source, language=language, source=language)


SAME_LANGUAGE_KEPT = [
    ("Der Wagen stand in Berlin.", "Das Auto stand in Berlin.", "de"),
    ("Merkels Partei verlor.", "Die Partei von Merkel verlor.", "de"),
    ("Plusieurs personnes ont fui.", "De nombreuses personnes ont fui.", "fr"),
    ("Le président français a parlé.", "Le président de la France a parlé.", "fr"),
]


@pytest.mark.parametrize(("claim", "source", "language"), SAME_LANGUAGE_KEPT)
def test_other_words_of_other_languages_are_no_names(claim: str, source: str, language: str) -> None:
    assert not found(claim, source, language=language, source=language)
