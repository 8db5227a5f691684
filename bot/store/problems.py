"""What may go wrong with the database, in words that hold nothing of what people wrote."""

import re

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError, IntegrityError

from bot.store.tables import metadata

# SQLite names columns, or an index, a check or nothing: "UNIQUE constraint failed: inbox.source, inbox.external_hash".
_SQLITE = re.compile(r"(?P<kind>[A-Z ]+) constraint failed(?:: (?P<what>[a-z0-9_., ]+))?")


class DatabaseProblem(Exception):
    """The database cannot be used; the text is one sentence naming the place and the remedy."""


class Conflict(Exception):
    """A constraint refused the transaction, of which nothing remains.

    The text is the constraint's name, the same on both databases, or `table.column`: never a value.
    """


class StoreError(Exception):
    """The database failed. The text is the kind of error only: a driver's own may hold what people wrote."""


def conflict(error: IntegrityError) -> Conflict:
    """Return the driver's refusal as a `Conflict`."""
    refused = error.orig.__cause__ if error.orig else None
    if refused is None:
        return Conflict(_named_by_sqlite(str(error.orig)))
    name = getattr(refused, "constraint_name", None)
    column = f"{getattr(refused, 'table_name', '')}.{getattr(refused, 'column_name', '')}"
    return Conflict(name or column)


def failure(error: Exception) -> StoreError:
    """Return the driver's failure as a `StoreError`."""
    driver = (error.orig.__cause__ or error.orig) if isinstance(error, DBAPIError) and error.orig else error
    return StoreError(type(driver).__name__)


def _named_by_sqlite(text: str) -> str:
    found = _SQLITE.fullmatch(text)
    if found is None:
        return "constraint"
    what = found["what"] or found["kind"].lower()
    return (found["kind"] == "UNIQUE" and _unique(what.split(", "))) or what


def _unique(columns: list[str]) -> str:
    """Return the name of the constraint over `columns` ("table.column" each); "" when there is none."""
    table = metadata.tables.get(columns[0].partition(".")[0])
    wanted = {column.partition(".")[2] for column in columns}
    kinds = (sa.UniqueConstraint, sa.PrimaryKeyConstraint)
    known = (one for one in (table.constraints if table is not None else ()) if isinstance(one, kinds))
    return next((str(one.name) for one in known if set(one.columns.keys()) == wanted), "")
