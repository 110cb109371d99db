"""Where a model is, and the key to it."""

from __future__ import annotations

import ipaddress
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit, urlunsplit

from briefing.engines.options import OPENAI
from briefing.errors import ConfigError

KEY = "OPENAI_API_KEY"
SERVICE = "briefing"

# The variables that the makers of these servers name in their own documents; each stands before OPENAI_API_KEY.
_VARIABLES = {
    "openrouter.ai": "OPENROUTER_API_KEY",
    "openai.azure.com": "AZURE_OPENAI_API_KEY",
    "services.ai.azure.com": "AZURE_OPENAI_API_KEY",
    "cognitiveservices.azure.com": "AZURE_OPENAI_API_KEY",
    "api.anthropic.com": "ANTHROPIC_API_KEY",
    "generativelanguage.googleapis.com": "GEMINI_API_KEY",
    "api.mistral.ai": "MISTRAL_API_KEY",
}
# Where the API of a server stands when only its host was typed.
_PATHS = {"openrouter.ai": "/api/v1", "azure.com": "/openai/v1", "generativelanguage.googleapis.com": "/v1beta/openai"}


@dataclass(frozen=True, slots=True)
class Server:
    """An address up to ``/v1``, without a slash at the end. ``local``: on this machine; ``secure``: with https."""

    url: str
    host: str
    local: bool
    secure: bool


@dataclass(frozen=True, slots=True)
class Key:
    """A key and where it is from, in words. Its value stays out of ``repr``; ``hidden`` takes it out of a text."""

    value: str = field(repr=False)
    source: str

    def hidden(self, text: str) -> str:
        # What is as short as a word ("none", "ollama") is no secret, and may be one.
        return text.replace(self.value, "[key]") if len(self.value) >= 8 else text


# What a server that wants no key is sent: the client refuses to send nothing.
NO_KEY = Key("", "none")


def server(base_url: str | None = None) -> Server:
    """The server at an address as it was typed: with or without ``/v1``, a slash at the end, or ``/chat/completions``.

    Raises ``ConfigError`` that says what to type.
    """
    typed = (base_url or OPENAI).strip()
    if "://" not in typed:
        scheme = "http" if _is_local(typed.split("/")[0].rsplit(":", 1)[0]) else "https"
        raise ConfigError(f"base_url {typed!r} has no scheme; write {scheme}://{typed.rstrip('/')}")
    try:
        parts = urlsplit(typed)
        host, _ = (parts.hostname or "").rstrip("."), parts.port
    except ValueError as e:
        raise ConfigError(f"base_url {typed!r} is not an address: {e}") from e
    if parts.scheme not in ("http", "https") or not host:
        raise ConfigError(f"base_url {typed!r} is not a web address; write one such as {OPENAI}")
    if parts.username is not None or parts.password is not None:
        raise ConfigError(f"base_url holds a name or a password; take it out and put the key into {KEY}")
    if parts.query or parts.fragment or "/deployments/" in parts.path:
        example = "https://NAME.openai.azure.com/openai/v1" if _under(host, "azure.com") else OPENAI
        raise ConfigError(f"base_url {typed!r} ends before '/chat/completions' or '?'; write one such as {example}")
    path = parts.path.rstrip("/").removesuffix("/chat/completions") or next(
        (path for name, path in _PATHS.items() if _under(host, name)), "/v1"
    )
    url = urlunsplit((parts.scheme, parts.netloc, path, "", ""))
    return Server(url, host, _is_local(host), parts.scheme == "https")


def key_for(
    place: Server,
    variable: str = "",
    *,
    over_http: bool = False,
    environ: Mapping[str, str] | None = None,
    keyring: Callable[[str, str], str | None] | None = None,
) -> Key:
    """The key of that server: from the environment, then the system's keyring (service ``briefing``, user the host).

    ``variable`` names the environment variable; else it is the one known of the host, then ``OPENAI_API_KEY``. A server
    on this machine gets a key only from a variable that was named, and so does one over plain http: a key that is meant
    for OpenAI is not sent where nobody asked for it. Raises ``ConfigError``, also where a server is known to want a key
    and there is none.
    """
    environ = os.environ if environ is None else environ
    if variable:
        if not place.secure and not place.local and not over_http:
            raise ConfigError(
                f"{place.url} would get the key of {variable} unencrypted; write https://, "
                "leave out key_variable if the server wants no key, or set key_over_http = true"
            )
        value = environ.get(variable, "").strip()
        if not value:
            raise ConfigError(f"key_variable names {variable}, which is not set; type: export {variable}=...")
        return _sound(Key(value, variable))
    if place.local or not (place.secure or over_http):
        return NO_KEY
    for name in variables(place):
        if value := environ.get(name, "").strip():
            return _sound(Key(value, name))
    value = (keyring or _from_keyring)(SERVICE, place.host) or ""
    if value.strip():
        return _sound(Key(value.strip(), "the system's keyring"))
    if len(variables(place)) > 1 or _under(place.host, "api.openai.com"):
        name = variables(place)[0]
        raise ConfigError(f"{place.host} wants a key, and {name} is not set; type: export {name}=...")
    return NO_KEY


def variables(place: Server) -> tuple[str, ...]:
    """The environment variables that a key of that server is looked for in, the best first."""
    return (*(name for host, name in _VARIABLES.items() if _under(place.host, host)), KEY)


def _sound(key: Key) -> Key:
    if not (key.value.isascii() and key.value.isprintable() and " " not in key.value):
        raise ConfigError(f"the key from {key.source} holds a blank or a character that no key has; copy it again")
    return key


def _from_keyring(service: str, user: str) -> str | None:
    # An optional library; where there is none, or no keyring behind it, the environment is all there is.
    try:
        import keyring
        from keyring.errors import KeyringError
    except ImportError:
        return None
    try:
        return keyring.get_password(service, user)
    except KeyringError:
        return None


def _under(host: str, name: str) -> bool:
    return host == name or host.endswith(f".{name}")


def _is_local(host: str) -> bool:
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False
