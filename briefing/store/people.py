"""How people are found without being named."""

from __future__ import annotations

import hashlib
import hmac
import secrets
import unicodedata

import sqlalchemy as sa

from briefing.store.database import Database, insert
from briefing.store.tables import meta

_KEY = "key of the hashes of people"


def normal(address: str) -> str:
    """The form in which two ways to write one mailbox are equal: small letters, the domain as DNS has it.

    RFC 5321 lets a host tell ``Ana@`` from ``ana@``; none in use does, and a person who asks to be forgotten should
    not have to remember how the name was written.
    """
    local, _, domain = unicodedata.normalize("NFC", address.strip()).rpartition("@")
    domain = domain.lower()
    try:
        domain = domain.encode("idna").decode("ascii")
    except UnicodeError:
        pass
    return f"{local.lower()}@{domain}"


class Hasher:
    """Hashes addresses (HMAC-SHA-256) by a random key of this database, made when it is first opened.

    Whoever has the whole database can try addresses that they know; whoever has only hashes cannot.
    """

    def __init__(self, database: Database) -> None:
        with database.reading() as connection:
            key = connection.scalar(sa.select(meta.c.value).where(meta.c.name == _KEY))
        if key is None:
            with database.writing() as connection:
                new = insert(connection, meta).values(name=_KEY, value=secrets.token_hex(32))
                connection.execute(new.on_conflict_do_nothing())
                key = connection.scalars(sa.select(meta.c.value).where(meta.c.name == _KEY)).one()
        self._key = bytes.fromhex(key)

    def __call__(self, address: str) -> str:
        """The person at this address, 64 hexadecimal digits."""
        return hmac.new(self._key, normal(address).encode("utf-8", "replace"), hashlib.sha256).hexdigest()
