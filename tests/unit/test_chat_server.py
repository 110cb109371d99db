"""Addresses as people type them, and keys."""

from __future__ import annotations

import pytest

from briefing.engines.chat_server import NO_KEY, Key, key_for, server, variables
from briefing.errors import ConfigError


@pytest.mark.parametrize(
    ("typed", "url"),
    [
        (None, "https://api.openai.com/v1"),
        ("", "https://api.openai.com/v1"),
        ("http://127.0.0.1:11434", "http://127.0.0.1:11434/v1"),
        ("http://localhost:8000/v1/", "http://localhost:8000/v1"),
        ("http://[::1]:8000/v1", "http://[::1]:8000/v1"),
        ("https://api.openai.com/v1/chat/completions", "https://api.openai.com/v1"),
        ("https://openrouter.ai", "https://openrouter.ai/api/v1"),
        ("https://name.openai.azure.com/", "https://name.openai.azure.com/openai/v1"),
        ("https://name.openai.azure.com/openai/v1/", "https://name.openai.azure.com/openai/v1"),
        (
            "https://generativelanguage.googleapis.com/v1beta/openai/",
            "https://generativelanguage.googleapis.com/v1beta/openai",
        ),
        (" https://models.example/api ", "https://models.example/api"),
    ],
)
def test_addresses(typed: str | None, url: str) -> None:
    assert server(typed).url == url


@pytest.mark.parametrize(
    ("typed", "hint"),
    [
        ("localhost:11434", "write http://localhost:11434"),
        ("127.0.0.1:8080/v1", "write http://127.0.0.1:8080/v1"),
        ("api.openai.com/v1", "write https://api.openai.com/v1"),
        ("ftp://models.example", "not a web address"),
        ("https://", "not a web address"),
        ("https://models.example:99999", "not an address"),
        ("https://me:secret@models.example/v1", "OPENAI_API_KEY"),
        ("https://name.openai.azure.com/openai/deployments/x?api-version=1", "/openai/v1"),
    ],
)
def test_addresses_that_cannot_be_meant_say_what_to_type(typed: str, hint: str) -> None:
    with pytest.raises(ConfigError) as raised:
        server(typed)
    assert hint in str(raised.value)
    assert "secret" not in str(raised.value)


@pytest.mark.parametrize(
    ("typed", "local"),
    [
        ("http://127.0.0.1:1/v1", True),
        ("http://127.9.9.9/v1", True),
        ("http://localhost/v1", True),
        ("http://[::1]/v1", True),
        ("http://192.168.0.4/v1", False),
        ("http://localhost.example/v1", False),
        ("https://api.openai.com/v1", False),
    ],
)
def test_what_is_on_this_machine(typed: str, local: bool) -> None:
    assert server(typed).local is local


def no_ring(service: str, user: str) -> None:
    return None


def key(url: str, environ: dict[str, str], variable: str = "", **more: bool) -> str:
    return key_for(server(url), variable, environ=environ, keyring=no_ring, **more).value


def test_the_key_is_from_the_environment() -> None:
    assert key("https://api.openai.com/v1", {"OPENAI_API_KEY": " sk-a\n"}) == "sk-a"
    assert key("https://openrouter.ai", {"OPENAI_API_KEY": "sk-a", "OPENROUTER_API_KEY": "sk-b"}) == "sk-b"
    assert key("https://openrouter.ai", {"OPENAI_API_KEY": "sk-a"}) == "sk-a"
    assert key("https://models.example", {"OPENAI_API_KEY": "sk-a", "MINE": "sk-c"}, "MINE") == "sk-c"


def test_a_key_goes_only_where_it_was_meant_to_go() -> None:
    environ = {"OPENAI_API_KEY": "sk-a"}
    assert key("http://127.0.0.1:8000/v1", environ) == ""
    assert key("http://192.168.0.4/v1", environ) == ""
    assert key("http://127.0.0.1:8000/v1", environ, "OPENAI_API_KEY") == "sk-a"
    with pytest.raises(ConfigError, match="unencrypted"):
        key("http://192.168.0.4/v1", environ, "OPENAI_API_KEY")
    assert key("http://192.168.0.4/v1", environ, "OPENAI_API_KEY", over_http=True) == "sk-a"


def test_then_from_the_keyring() -> None:
    def ring(service: str, user: str) -> str | None:
        return {("briefing", "api.openai.com"): "sk-ring"}.get((service, user))

    found = key_for(server(), environ={}, keyring=ring)
    assert (found.value, found.source) == ("sk-ring", "the system's keyring")
    assert key_for(server("https://models.example"), environ={}, keyring=ring) == NO_KEY


def test_a_key_that_cannot_be_one_is_not_shown() -> None:
    with pytest.raises(ConfigError) as raised:
        key("https://api.openai.com/v1", {"OPENAI_API_KEY": "sk-a sk-b"})
    assert "sk-a" not in str(raised.value)
    with pytest.raises(ConfigError, match="MINE"):
        key("https://api.openai.com/v1", {}, "MINE")


def test_the_value_stays_out_of_repr() -> None:
    assert "sk-a" not in repr(key_for(server(), environ={"OPENAI_API_KEY": "sk-a"}, keyring=no_ring))


def test_a_key_is_taken_out_of_a_text() -> None:
    assert Key("sk-12345678", "A").hidden("You sent sk-12345678.") == "You sent [key]."
    assert Key("none", "A").hidden("none of these") == "none of these"


def test_each_server_has_its_variable_and_the_common_one() -> None:
    assert variables(server("https://name.openai.azure.com")) == ("AZURE_OPENAI_API_KEY", "OPENAI_API_KEY")
    assert variables(server("https://models.example")) == ("OPENAI_API_KEY",)


@pytest.mark.parametrize(
    ("address", "variable"),
    [("https://api.openai.com/v1", "OPENAI_API_KEY"), ("https://openrouter.ai/api/v1", "OPENROUTER_API_KEY")],
)
def test_a_vendor_that_wants_a_key_is_not_asked_without_one(address: str, variable: str) -> None:
    with pytest.raises(ConfigError, match=f"type: export {variable}="):
        key_for(server(address), environ={}, keyring=lambda service, user: None)
