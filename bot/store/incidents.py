"""What clients let us count: numbers by week, kind and county, and stories, sealed, each with a key of its own.

Neither has anything that leads to a conversation: no id, no time, no order.
"""

import secrets
from collections.abc import Iterator, Mapping
from typing import NamedTuple

import msgspec
import sqlalchemy as sa
from sqlalchemy import Connection

from bot.store.inserts import insert
from bot.store.keyring import Keyring
from bot.store.sealed import Seal
from bot.store.tables import incidents, stories


class Told(msgspec.Struct, frozen=True):
    """A story with what was told beside it."""

    kind: str
    county: str
    week: str
    text: str

    def __repr__(self) -> str:
        """Show nothing of it, so that it cannot reach a log by accident."""
        return "Told()"


class Count(NamedTuple):
    """How many reports there are of one week ("" when it was long ago), kind and county ("" when it was not said)."""

    week: str
    kind: str
    county: str
    number: int


def count(conn: Connection, week: str, kind: str, county: str) -> None:
    """Count one report."""
    row = insert(conn, incidents).values(week=week, kind=kind, county=county, number=1)
    keys = [incidents.c.week, incidents.c.kind, incidents.c.county]
    conn.execute(row.on_conflict_do_update(index_elements=keys, set_={"number": incidents.c.number + 1}))


def tell(conn: Connection, keyring: Keyring, told: Told) -> None:
    """Keep a story."""
    story_id = secrets.token_hex(16)
    dek, kek, plain = keyring.new_dek(story_id)
    body = Seal(plain, story_id).seal(msgspec.json.encode(told), table="stories", column="body", row=story_id)
    conn.execute(stories.insert().values(id=story_id, dek=dek, kek=kek, body=body))


def counts(conn: Connection) -> list[Count]:
    """Return all counts."""
    return [Count(*row) for row in conn.execute(sa.select(incidents).order_by(*incidents.primary_key))]


def weekly(conn: Connection) -> Mapping[str, int]:
    """Return how many reports there are of each week."""
    query = sa.select(incidents.c.week, sa.func.sum(incidents.c.number)).group_by(incidents.c.week)
    return {week: int(number) for week, number in conn.execute(query)}


def all_told(conn: Connection, keyring: Keyring) -> Iterator[Told]:
    """Yield the stories, in no order; raises `KeyProblem` where a key is gone."""
    for row in conn.execute(sa.select(stories).order_by(stories.c.id)).all():
        seal = Seal(keyring.unwrap(row.id, row.kek, row.dek), row.id)
        yield msgspec.json.decode(seal.open(row.body, table="stories", column="body", row=row.id), type=Told)
