"""How helpful answers were: a count for each day and entry, of nobody in particular."""

from sqlalchemy import Connection

from bot.store.tables import ratings


def count(conn: Connection, day: str, entry: str, *, helpful: bool) -> None:
    """Count one rating."""
    column = ratings.c.helpful if helpful else ratings.c.unhelpful
    same = (ratings.c.day == day) & (ratings.c.entry_id == entry)
    if not conn.execute(ratings.update().where(same).values({column: column + 1})).rowcount:
        row = {"day": day, "entry_id": entry, "helpful": int(helpful), "unhelpful": int(not helpful)}
        conn.execute(ratings.insert().values(**row))
