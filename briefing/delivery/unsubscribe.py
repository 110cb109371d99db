"""Links by which one leaves a list with one click (RFC 8058), or with one mail (RFC 2369).

A link holds the list and the address, signed: nobody can make one for somebody else, and none of it is looked up. It
does not expire, as the mail that it stands in does not.
"""

from __future__ import annotations

import hashlib
import os
import re
import secrets
import tempfile
from collections.abc import Callable, Mapping
from email.errors import MessageError
from email.header import decode_header, make_header
from email.parser import BytesHeaderParser
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from briefing.errors import ConfigError, DeliveryError

if TYPE_CHECKING:
    from itsdangerous import URLSafeSerializer

VARIABLE = "BRIEFING_SECRET"
FILE = "secret"
_SHORTEST = 32
# A link made for this is good for nothing else that is signed with the secret.
_SALT = "briefing unsubscribe"
# Of both together: what a header may hold (RFC 5322, 2.1.1), with room for the rest.
_LONGEST = 900
_TOKEN = re.compile(r"[A-Za-z0-9_-]{4,900}\.[A-Za-z0-9_-]{43}|\.[A-Za-z0-9_-]{4,900}\.[A-Za-z0-9_-]{43}")
_SUBJECT = re.compile(rf"\bunsubscribe\s+({_TOKEN.pattern})(?:\s|$)", re.IGNORECASE)
# No header of a mail that only says this is longer.
_HEAD = 100_000


def links(base_url: str, mailto: str, list: str, address: str, secret: str) -> tuple[str, ...]:
    """Where ``address`` leaves ``list``: an ``https`` link under ``base_url``, where ``web.unsubscribe_app`` answers,
    and a ``mailto`` link to the address ``mailto``. Either may be empty and is then left out.

    Where both are longer than a header can be, only the first is given. Raises ``ConfigError``.
    """
    if base_url and not re.fullmatch(r"https://[!-~]+", base_url):
        raise ConfigError(
            f"unsubscribe: {base_url!r} is no address such as https://news.example/unsubscribe (RFC 8058)"
        )
    if mailto and not re.fullmatch(r"[^\s@,<>?&:]+@[^\s@,<>?&:]+", mailto):
        raise ConfigError(f"unsubscribe: {mailto!r} is not a mail address such as leave@news.example")
    text = str(_serializer(secret).dumps([list, address]))
    ways = []
    if base_url:
        ways.append(f"{base_url.rstrip('/')}/{text}")
    if mailto:
        ways.append(f"mailto:{quote(mailto, safe='@+')}?subject=unsubscribe%20{text}")
    return tuple(ways) if sum(map(len, ways)) <= _LONGEST else tuple(ways[:1])


def read(token: str, secret: str) -> tuple[str, str]:
    """The list and the address that a link was made for. Raises ``DeliveryError`` where it was not made here."""
    from itsdangerous import BadData

    try:
        found = _serializer(secret).loads(token) if _TOKEN.fullmatch(token) else None
    except (BadData, ValueError) as error:
        raise DeliveryError("this is no link of ours, or not all of it") from error
    match found:
        case [str(list), str(address)]:
            return list, address
    raise DeliveryError("this is no link of ours, or not all of it")


def token_in(subject: str) -> str:
    """The token in the subject of a mail that unsubscribes: ``unsubscribe TOKEN``. Raises ``DeliveryError``."""
    found = _SUBJECT.search(subject)
    if not found:
        raise DeliveryError("the subject does not say 'unsubscribe' and the letters that stand in the mail's link")
    return found[1]


def read_mail(raw: bytes, secret: str) -> tuple[str, str]:
    """The list and the address that a mail asks to be taken from. Who it says it is from does not matter: anybody can
    write that. Raises ``DeliveryError``.
    """
    subject = BytesHeaderParser().parsebytes(raw[:_HEAD])["Subject"] or ""
    try:
        text = str(make_header(decode_header(subject)))
    except (MessageError, ValueError, LookupError):
        text = str(subject)
    return read(token_in(text), secret)


def secret_of(
    folder: Path,
    environ: Mapping[str, str] | None = None,
    make: Callable[[], str] = lambda: secrets.token_urlsafe(32),
) -> str:
    """What links are signed with: ``BRIEFING_SECRET``, or what the file ``secret`` in ``folder`` holds.

    The file is made at the first use and can be read by its owner only. Machines that send for one site need the same.

    Several, separated by blanks, are old ones whose links still count; the first one signs. Raises ``ConfigError``.
    """
    environ = os.environ if environ is None else environ
    if secret := environ.get(VARIABLE, "").strip():
        return _sound(secret, VARIABLE)
    path = folder / FILE
    try:
        if not path.exists():
            _write_new(path, make())
        if os.name == "posix" and path.stat().st_mode & 0o077:
            raise ConfigError(f"{path} can be read by others; type: chmod 600 {path}")
        return _sound(path.read_text(encoding="utf-8").strip(), str(path))
    except (OSError, UnicodeError) as error:
        raise ConfigError(f"{path} cannot be read or made: {error}; or type: export {VARIABLE}=...") from error


def _write_new(path: Path, secret: str) -> None:
    """Writes the file whole, where no other process has done so meanwhile. Raises ``OSError``."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    # Such a file is its owner's alone from the beginning.
    with tempfile.NamedTemporaryFile("w", dir=path.parent, prefix=".", encoding="utf-8") as file:
        file.write(secret + "\n")
        file.flush()
        os.fsync(file.fileno())
        try:
            os.link(file.name, path)
        except FileExistsError:
            pass


def _sound(secret: str, source: str) -> str:
    if any(len(part) < _SHORTEST for part in secret.split()) or not secret:
        raise ConfigError(
            f"the secret from {source} is shorter than {_SHORTEST} characters; make one by: "
            "python -c 'import secrets; print(secrets.token_urlsafe(32))'"
        )
    return secret


def _serializer(secret: str) -> URLSafeSerializer:
    from itsdangerous import URLSafeSerializer

    # The library signs with the last.
    keys = secret.split()[::-1]
    how = {"key_derivation": "hmac", "digest_method": hashlib.sha256}
    return URLSafeSerializer(keys, salt=_SALT, signer_kwargs=how)
