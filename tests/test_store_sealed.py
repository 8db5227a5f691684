"""Sealed cells: bound to their place, unchanged or refused, and of few lengths."""

import random
import secrets
from itertools import product
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from bot.channels import Address
from bot.store import tables
from bot.store.conversations import Vault
from bot.store.keyring import KeyProblem
from bot.store.sealed import NONCE, SIZES, TAG, Seal, Unsealable, pad, unpad
from tests.talk import Service

KEY = secrets.token_bytes(32)
HEAD = 6


@given(st.binary(max_size=20_000))
def test_what_was_sealed_opens_where_it_belongs(plain: bytes) -> None:
    seal = Seal(KEY, "c1")
    assert seal.open(seal.seal(plain, table="t", column="c", row="r"), table="t", column="c", row="r") == plain


@given(st.binary(max_size=30_000))
def test_lengths_are_buckets(plain: bytes) -> None:
    sealed = Seal(KEY, "c1").seal(plain, table="t", column="c", row="r")
    length = len(sealed) - HEAD - NONCE - TAG
    assert length in SIZES or length % SIZES[-1] == 0
    assert unpad(pad(plain)) == plain


def test_the_buckets_have_sharp_borders() -> None:
    assert [len(pad(b"x" * size)) for size in (0, 124, 125, 508, 509, 2044, 2045, 8188, 8189, 16380, 16381)] == [
        128, 128, 512, 512, 2048, 2048, 8192, 8192, 16384, 16384, 24576,
    ]  # fmt: skip


PLACES = [
    {"table": table, "column": column, "row": row}
    for table, column, row in product(("inbox", "outbox"), ("body", "state"), ("r1", "r2"))
]


def test_it_opens_nowhere_else() -> None:
    for place, conversation in product(PLACES, ("c1", "c2")):
        sealed = Seal(KEY, conversation).seal(b"words", **place)
        for other, stranger in product(PLACES, ("c1", "c2")):
            if (other, stranger) == (place, conversation):
                continue
            with pytest.raises(Unsealable):
                Seal(KEY, stranger).open(sealed, **other)


def test_the_same_words_are_never_the_same_bytes() -> None:
    seal = Seal(KEY, "c1")
    assert len({seal.seal(b"words", **PLACES[0]) for _ in range(100)}) == 100


def test_300_flipped_bits_are_300_refusals() -> None:
    seal, dice = Seal(KEY, "c1"), random.Random(11)
    sealed = seal.seal(b"words of a client", **PLACES[0])
    for bit in dice.sample(range(len(sealed) * 8), 300):
        changed = bytearray(sealed)
        changed[bit // 8] ^= 1 << bit % 8
        with pytest.raises(Unsealable):
            seal.open(bytes(changed), **PLACES[0])


def test_cut_or_empty_bytes_are_refused_and_say_nothing() -> None:
    seal = Seal(KEY, "c1")
    sealed = seal.seal(b"words of a client", **PLACES[0])
    for length in range(len(sealed)):
        with pytest.raises(Unsealable) as refused:
            seal.open(sealed[:length], **PLACES[0])
        assert "words" not in str(refused.value)
    with pytest.raises(Unsealable, match=r"inbox\.body is no envelope"):
        Seal(secrets.token_bytes(32), "c1").open(sealed, **PLACES[0])


async def test_cells_that_are_swapped_in_the_database_do_not_open(line: Service) -> None:
    """300 swaps between rows, columns and conversations of a lived-in database."""
    for name in ("asha", "musa", "zawadi"):
        client = line.client(name)
        for said in ("hello", "what is prep", "blorf wubble", "talk to a person", "are you there"):
            await client.says(said)
    cells = await line.app.database.read(lambda conn: _cells(conn, line.app.vault))
    dice = random.Random(5)
    refused = 0
    for _ in range(300):
        (seal, place, body), (_, other, stranger) = dice.sample(cells, 2)
        assert seal.open(body, **place)
        assert other != place or stranger != body
        with pytest.raises(Unsealable):
            seal.open(stranger, **place)
        refused += 1
    assert refused == 300


def _cells(conn: sa.Connection, vault: Vault) -> list[tuple[Seal, dict[str, str], bytes]]:
    found = []
    for table in tables.metadata.tables.values():
        secret = [column.name for column in table.columns if column.info["class"] == "secret" and column.name != "dek"]
        for row in conn.execute(sa.select(table)).mappings() if secret else ():
            seal = vault.seal(conn, row.get("conversation_id", row["id"]))
            assert seal
            for column in secret:
                if row[column] is not None:
                    place = {"table": table.name, "column": column, "row": row.get("uid", row["id"])}
                    found.append((seal, place, bytes(row[column])))
    return found


async def test_a_key_that_is_moved_to_another_conversation_does_not_open(line: Service) -> None:
    await line.client("asha").says("hello")
    await line.client("musa").says("hello")

    def swap(conn: sa.Connection) -> Any:
        asha, musa = (line.app.vault.find(conn, Address("web", name)) for name in ("asha", "musa"))
        key = conn.execute(sa.select(tables.conversations.c.dek).where(tables.conversations.c.id == asha)).scalar()
        conn.execute(tables.conversations.update().where(tables.conversations.c.id == musa).values(dek=key))
        return line.app.vault.open(conn, str(musa))

    with pytest.raises(KeyProblem):
        await line.app.database.run(swap)
