from __future__ import annotations

import pytest

from briefing.text.furniture import caption_before, furniture
from briefing.text.furniture_kinds import Kind

BOILERPLATE = [
    "Read more about the dam",
    "Related: How the dam was built",
    "[Related: How the dam was built]",
    "More from Harrow County",
    "Sign up for our daily newsletter",
    "Get the latest updates delivered to your inbox every morning.",
    "Follow us on Twitter and Facebook",
    "Story continues below advertisement",
    "Advertisement",
    "Send this page",
    "Share Tweet Email Print",
    "Copyright 2024 Harrow Gazette. All rights reserved.",
    "© Harrow Gazette 2024",
    "This material may not be published, broadcast, rewritten or redistributed.",
    "We use cookies to improve your visit. By continuing you accept our policy.",
    "By Jane Harrow",
    "By JANE HARROW and Tom Mills, Staff Writers",
    "Reporting by Jane Harrow; Editing by Tom Mills",
    "Tom Mills contributed to this report from Harrow.",
    "Tom Mills can be reached at tmills@gazette.example",
    "tmills@gazette.example",
    "https://gazette.example/dam",
    "(Reuters)",
    "Updated 3 hours ago",
    "4 min read",
    "Comments are closed.",
    "Leave a comment",
    "Please enable JavaScript to view this video",
    "* * *",
    "Lesen Sie auch: Streit um den Damm",
    "Melden Sie sich für unseren Newsletter an",
    "Anzeige",
    "Alle Rechte vorbehalten",
    "Lire aussi : La querelle du barrage",
    "Inscrivez-vous à notre newsletter",
    "Lea también: La disputa por la presa",
    "Todos los derechos reservados",
    "Leggi anche: La lite sulla diga",
    "Jane Harrow | 3.3.2026",
    "Jane Harrow and Tom Mills, 3 March 2026",
    "March 3, 2026 10:54 am ET by Jane Harrow",
    "The interactive transcript could not be loaded.",
    "Rating is available when the video has been rented.",
    "This feature is not available right now. Please try again later.",
    "Starting in 1996, Alexa Internet has been donating their crawl data.",
    'Crawls of supported "No More 404" sites.',
    "These crawls are part of an effort to archive pages as they are created.",
    "Tweet with a location",
    "Advertisement Continue reading the main story",
    "Bookmark with: Delicious",
    "Correction: This article misspelt the name of the dam.",
    "This story was originally published on Monday.",
    "Media playback is unsupported on your device",
    "Jan Weiler hat an diesem Bericht mitgearbeitet.",
    "Jeanne Rivière a contribué à cet article.",
    "Juan Ríos contribuyó a este reportaje desde Harrow.",
    "Dieser Artikel erschien zuerst in der Harrower Zeitung.",
    "Cet article a été publié lundi.",
    "La vidéo n'a pas pu être chargée.",
    "El vídeo no se ha podido cargar.",
]

CAPTIONS = [
    "Image caption The dam holds forty million tons of water",
    "Image copyright Gazette Image caption The dam",
    "Photo: Jane Harrow",
    "Foto: Jane Harrow",
    "Photo by Jane Harrow",
    "FILE - In this file photo of May 3, the governor opens the dam. (AP Photo/Jane Harrow)",
    "The governor opens the dam. (Jane Harrow/Getty Images)",
    "The governor opens the dam on Friday. Photograph: Jane Harrow/Reuters",
    "In this photo released by the county, workers clear the spillway.",
    "CLOSE The dam of Harrow seen from the air. Tom Mills has the story.",
    "Image via Gazette",
    "Bildunterschrift: Der Damm",
]

NEWS = [
    "The county signed up for a newsletter of the water board, officials said.",
    "The minister told reporters to follow the money and read more carefully.",
    "Copyright law is to change, the parliament decided on Monday.",
    "The company said it would stop using cookies in its browser settings.",
    "Related to the case, police arrested two men in Harrow.",
    "Contact with the aircraft was lost at three, the agency said.",
    "By Tuesday morning the water had reached the bridge.",
    "Reporting a crime by phone is now possible in three counties.",
    "HARROW (Reuters) - The dam held.",
    "The photo shows the dam before the flood, experts said.",
    "Der Minister teilte mit, die Anzeige sei eingegangen.",
    "More than three hundred people left their homes.",
    "Published in 1931, the plan of the dam was never carried out.",
    "The advertisement was withdrawn after protests.",
    "He shared the article with a friend.",
    "Watching the river rise, she packed two bags.",
    "This feature of the dam is rare.",
    "The interactive exhibition opens on 3 March 2026",
    "The crawl of the water towards the town was filmed.",
    "Correction: the levee broke at five, not at six.",
    "Close friends of the mayor paid for the dam.",
    "This story was told in Harrow for years.",
    "The library wants to archive pages of the dam's log.",
    "Harrow County contributed two million to the dam.",
]


@pytest.mark.parametrize("paragraph", BOILERPLATE)
def test_furniture_is_known(paragraph: str) -> None:
    found = furniture(paragraph)
    assert found is not None
    assert found.kind is Kind.BOILERPLATE
    assert found.detail


@pytest.mark.parametrize("paragraph", CAPTIONS)
def test_captions_are_known(paragraph: str) -> None:
    found = furniture(paragraph)
    assert found is not None
    assert found.kind is Kind.CAPTION


@pytest.mark.parametrize("paragraph", NEWS)
def test_news_is_no_furniture(paragraph: str) -> None:
    assert furniture(paragraph) is None


def test_a_long_paragraph_is_text_whatever_it_begins_with() -> None:
    assert furniture("Watch: " + "the water rose over the wall of the dam and on. " * 20) is None


def test_a_caption_that_the_text_runs_on_from_is_cut_off() -> None:
    caption = "Image copyright Gazette Image caption The dam of Harrow holds forty million tons of water. "
    text = "The county opened two gates on Monday. " * 10
    assert furniture(caption + text) is None
    assert caption_before(caption + text) == len(caption)


def test_text_without_the_labels_of_a_caption_is_left_whole() -> None:
    assert caption_before("Photo albums were washed away. The county opened two gates on Monday.") == 0
    assert caption_before("Image caption The dam of Harrow and no end of the sentence") == 0
