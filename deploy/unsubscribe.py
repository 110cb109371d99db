"""The web application behind the links of mails by which people leave a list.

    python deploy/unsubscribe.py                         a try, on 127.0.0.1:8000
    gunicorn --chdir deploy unsubscribe:application      or any other WSGI server

It is mounted, with https in front of it, at the address that ``unsubscribe`` in ``[service]`` names. It needs the
database of ``briefing start``, and the same ``BRIEFING_SECRET``; ``BRIEFING_CONFIG`` names another ``briefing.toml``
than that of the working folder.
"""

from __future__ import annotations

import os
from datetime import UTC, datetime
from wsgiref.simple_server import make_server

from briefing.delivery.unsubscribe import secret_of
from briefing.delivery.web import unsubscribe_app
from briefing.schedule.plan import load_plan
from briefing.store.place import data_folder, database_file
from briefing.store.store import Store

_plan = load_plan(os.environ.get("BRIEFING_CONFIG"))
_store = Store(_plan.database or database_file())


def _remove(list: str, address: str) -> bool:
    return _store.subscribers.remove(list, address, datetime.now(UTC))


application = unsubscribe_app(secret_of(data_folder()), _remove)

if __name__ == "__main__":
    with make_server("127.0.0.1", int(os.environ.get("PORT", "8000")), application) as server:
        server.serve_forever()
