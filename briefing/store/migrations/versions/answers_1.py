"""Paid answers of models. Answers that a program without migrations kept are taken over."""

import sqlalchemy as sa
from alembic import op

revision = "answers_1"
down_revision = None
branch_labels = ("answers",)


def upgrade() -> None:
    there = sa.inspect(op.get_bind()).get_table_names()
    if "answers" not in there:
        op.create_table(
            "answers",
            sa.Column("key", sa.Text, primary_key=True),
            sa.Column("value", sa.Text, nullable=False),
            sa.Column("created_at", sa.BigInteger, nullable=False),
            sa.Column("used_at", sa.BigInteger, nullable=False),
        )
        op.create_index("ix_answers_used_at", "answers", ["used_at"])
    if "schema_version" in there:
        op.drop_table("schema_version")
