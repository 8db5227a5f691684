"""How helpful answers were: a count for each day and entry, of nobody in particular."""

from sqlalchemy import Connection

from bot.store.inserts import insert
from bot.store.tables import ratings


def count(conn: Connection, day: str, entry: str, *, helpful: bool) -> None:
    """Count one rating."""
    column = ratings.c.helpful if helpful else ratings.c.unhelpful
    row = insert(conn, ratings).values(day=day, entry_id=entry, helpful=int(helpful), unhelpful=int(not helpful))
    keys = [ratings.c.day, ratings.c.entry_id]
    conn.execute(row.on_conflict_do_update(index_elements=keys, set_={column.name: column + 1}))
