"""Migrations of the database, run by Alembic when it is opened.

There are two lines of them, ``answers`` and ``store``: a file of kept answers alone takes only the first. A new one is
a new file in ``versions`` that names the one before as its ``down_revision``, and the last of each line is named in
``HEADS``; tests compare both with what ``tables`` says.
"""

from pathlib import Path

FOLDER = Path(__file__).parent
HEADS = {"answers": "answers_1", "store": "store_1"}
