"""What tables are made of. Every column has a class: public, operational (ids, enums, queue times) or secret (sealed bytes)."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy import (
    BigInteger,
    ForeignKey,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
)

# Named constraints: migrations and conflict messages need names that are the same on both databases.
metadata = MetaData(
    naming_convention={
        "ix": "ix_%(column_0_label)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
    }
)


def number() -> sa.Column[int]:
    """A growing number that is never used twice, not even after a deletion."""
    kind = BigInteger().with_variant(Integer(), "sqlite")
    return sa.Column("id", kind, primary_key=True, autoincrement=True, info={"class": "operational"})


def uid() -> sa.Column[str]:
    """A random id, which seals are bound to."""
    return sa.Column("uid", String(32), nullable=False, unique=True, info={"class": "operational"})


def plain(name: str, kind: Any, *more: Any, **options: Any) -> sa.Column[Any]:
    """An id, an enumeration or a queue time: operational."""
    options.setdefault("nullable", False)
    return sa.Column(name, kind, *more, info={"class": "operational"}, **options)


def public(name: str, kind: Any, **options: Any) -> sa.Column[Any]:
    """What may be published as it is."""
    options.setdefault("nullable", False)
    return sa.Column(name, kind, info={"class": "public"}, **options)


def secret(name: str, *, nullable: bool = False) -> sa.Column[bytes]:
    """Sealed bytes."""
    return sa.Column(name, LargeBinary, nullable=nullable, info={"class": "secret"})


def of_conversation(**options: Any) -> sa.Column[Any]:
    """The conversation the row belongs to, and with which it goes."""
    key = ForeignKey("conversations.id", ondelete="CASCADE")
    return plain("conversation_id", String(32), key, index=True, **options)


def is_one_of(column: sa.ColumnElement[Any], *words: str) -> sa.ColumnElement[bool]:
    """Return the condition with its words written out: planners use a partial index only when they see its own words."""
    return column.in_([sa.literal_column(f"'{word}'") for word in words])


def status(*words: str) -> tuple[sa.Column[str], sa.CheckConstraint]:
    """A misspelt status would be a row that nobody works on and nobody misses."""
    column = plain("status", String(8))
    return column, sa.CheckConstraint(is_one_of(column, *words), name="status")


def numbered(name: str, *items: sa.schema.SchemaItem) -> Table:
    """A table whose rows are numbered in the order of their writing."""
    return Table(name, metadata, number(), *items, sqlite_autoincrement=True)
