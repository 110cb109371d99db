"""Editions, their files, the outbox, subscribers and workers."""

import sqlalchemy as sa
from alembic import op

revision = "store_1"
down_revision = None
branch_labels = ("store",)


def upgrade() -> None:
    number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "meta",
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("value", sa.Text, nullable=False),
    )
    op.create_table(
        "parts",
        sa.Column("sha256", sa.Text, primary_key=True),
        sa.Column("content", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "editions",
        sa.Column("key", sa.Text, primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("tenant", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("slot", sa.BigInteger, nullable=False),
        sa.Column("changed", sa.BigInteger, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("costs", sa.Text, nullable=False),
    )
    op.create_index("ix_editions_state", "editions", ["state"])
    op.create_index("ix_editions_name_slot", "editions", ["name", "slot"])
    op.create_table(
        "edition_files",
        sa.Column("edition", sa.Text, sa.ForeignKey("editions.key"), primary_key=True),
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("media_type", sa.Text, nullable=False),
        sa.Column("size", sa.BigInteger, nullable=False),
        sa.Column("sha256", sa.Text, sa.ForeignKey("parts.sha256"), nullable=False),
        sa.Column("kept", sa.BigInteger, nullable=False),
    )
    op.create_index("ix_edition_files_sha256", "edition_files", ["sha256"])
    op.create_table(
        "edition_facts",
        sa.Column("edition", sa.Text, sa.ForeignKey("editions.key"), primary_key=True),
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("value", sa.Text, nullable=False),
    )
    op.create_table(
        "edition_articles",
        sa.Column("edition", sa.Text, sa.ForeignKey("editions.key"), primary_key=True),
        sa.Column("position", sa.Integer, primary_key=True),
        sa.Column("sha256", sa.Text, sa.ForeignKey("parts.sha256"), nullable=False),
    )
    op.create_index("ix_edition_articles_sha256", "edition_articles", ["sha256"])
    op.create_table(
        "schedules",
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("spec", sa.Text, nullable=False),
        sa.Column("next_at", sa.BigInteger),
    )
    op.create_table(
        "outbox",
        sa.Column("id", number, primary_key=True),
        sa.Column("edition", sa.Text, nullable=False),
        sa.Column("person", sa.Text, nullable=False),
        sa.Column("channel", sa.Text, nullable=False),
        sa.Column("sender", sa.Text, nullable=False),
        sa.Column("recipient", sa.Text, nullable=False),
        sa.Column("message_id", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("next_try", sa.BigInteger),
        sa.Column("changed", sa.BigInteger, nullable=False),
        sa.Column("reply", sa.Text, nullable=False),
        sa.Column("worker", sa.Text),
        sa.UniqueConstraint("edition", "person", "channel", name="uq_outbox_once"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_outbox_due", "outbox", ["state", "next_try"])
    op.create_index("ix_outbox_person", "outbox", ["person"])
    op.create_table(
        "outbox_pieces",
        sa.Column("mail", number, sa.ForeignKey("outbox.id"), primary_key=True),
        sa.Column("position", sa.Integer, primary_key=True),
        sa.Column("content", sa.LargeBinary),
        sa.Column("sha256", sa.Text, sa.ForeignKey("parts.sha256")),
    )
    op.create_index("ix_outbox_pieces_sha256", "outbox_pieces", ["sha256"])
    op.create_table(
        "suppressions",
        sa.Column("person", sa.Text, primary_key=True),
        sa.Column("address", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("since", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "subscribers",
        sa.Column("list", sa.Text, primary_key=True),
        sa.Column("person", sa.Text, primary_key=True),
        sa.Column("address", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("zone", sa.Text, nullable=False),
        sa.Column("language", sa.Text, nullable=False),
        sa.Column("topics", sa.Text, nullable=False),
        sa.Column("format", sa.Text, nullable=False),
        sa.Column("active", sa.Boolean, nullable=False),
        sa.Column("changed", sa.BigInteger, nullable=False),
    )
    op.create_index("ix_subscribers_person", "subscribers", ["person"])
    op.create_table(
        "workers",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("host", sa.Text, nullable=False),
        sa.Column("pid", sa.BigInteger, nullable=False),
        sa.Column("version", sa.Text, nullable=False),
        sa.Column("seen", sa.BigInteger, nullable=False),
    )
