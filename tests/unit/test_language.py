"""Which language a text is in."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.text.language import code_of, contradicts, detect


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The harbour office said on Tuesday that the ferry would run again in June.", "en"),
        ("Das Hafenamt teilte am Dienstag mit, dass die Fähre im Juni wieder fahren werde.", "de"),
        ("La oficina del puerto dijo el martes que el transbordador volvería a navegar en junio.", "es"),
        ("Le bureau du port a annoncé mardi que le bac circulerait de nouveau en juin.", "fr"),
        ("Управление порта сообщило во вторник, что паром снова начнёт ходить в июне.", "ru"),
        ("港湾局は火曜日、フェリーが六月に再び運航すると発表した。", "ja"),
        ("港务局星期二表示，渡轮将于六月恢复运行，码头的修复工程即将完成。", "zh"),
    ],
)
def test_tells_the_language(text: str, language: str) -> None:
    assert detect(text) == language


def test_a_heading_in_capitals_is_read_like_other_text() -> None:
    assert detect("THE HARBOUR OFFICE SAID ON TUESDAY THAT THE FERRY WOULD RUN AGAIN IN JUNE") == "en"


@pytest.mark.parametrize("text", ["", "   ", "OK", "1234 5678 90", "Wembley 2012", "!!! ... ???"])
def test_is_silent_when_there_is_too_little_to_tell(text: str) -> None:
    assert detect(text) == ""


@given(st.text(max_size=300))
def test_gives_two_letters_or_nothing(text: str) -> None:
    found = detect(text)
    assert found == "" or (len(found) == 2 and found.isalpha() and found.islower())


@pytest.mark.parametrize(
    ("declared", "code"),
    [
        ("en-US", "en"),
        ("EN_gb", "en"),
        ("eng", "en"),
        ("deu", "de"),
        ("nb-NO", "no"),
        ("", ""),
        ("x-klingon", ""),
        ("english", ""),
    ],
)
def test_declared_languages_become_two_letters(declared: str, code: str) -> None:
    assert code_of(declared) == code


def test_near_relatives_do_not_contradict() -> None:
    assert contradicts("de", "en")
    assert not contradicts("no", "da")
    assert not contradicts("", "en")
    assert not contradicts("en", "")
