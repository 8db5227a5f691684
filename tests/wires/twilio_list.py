"""Listing messages: filters and pages (twilio.com/docs/messaging/api/message-resource#read-multiple-message-resources)."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

from tests.wires.twilio_world import VERSION, Json, Message, Refused, World

PAGE_SIZE = 50
PAGE_LIMIT = 1000
PARAMETERS = frozenset(
    ("To", "From", "DateSent", "DateSent<", "DateSent>", "DateSent<=", "DateSent>=", "PageSize", "Page", "PageToken")
)
Query = Mapping[str, str]


def listed(world: World, query: Query) -> Json:
    """Return one page, newest first."""
    size, page = _number(query, "PageSize", PAGE_SIZE), _number(query, "Page", 0)
    if not 1 <= size <= PAGE_LIMIT:
        raise Refused(400, 20001, f"PageSize must be between 1 and {PAGE_LIMIT}")
    found = [one.record for one in reversed(world.messages.values()) if _wanted(one, query)]
    start = page * size
    shown = found[start : start + size]
    return _page(world, query, page, size, len(found)) | {"end": start + len(shown) - 1, "messages": shown}


def _page(world: World, query: Query, page: int, size: int, total: int) -> Json:
    """The links around a page; the next one carries a token, as Twilio's do."""

    def uri(number: int) -> str:
        token = {"PageToken": f"PASM{number}"} if number else {}
        return path + "?" + urlencode(dict(query) | {"PageSize": size, "Page": number} | token)

    path = f"/{VERSION}/Accounts/{world.account}/Messages.json"
    after = uri(page + 1) if (page + 1) * size < total else None
    before = uri(page - 1) if page else None
    place: Json = {"page": page, "page_size": size, "start": page * size, "uri": uri(page)}
    return place | {"first_page_uri": uri(0), "next_page_uri": after, "previous_page_uri": before}


def _number(query: Query, name: str, usual: int) -> int:
    text = query.get(name, str(usual))
    if not text.isdecimal():
        raise Refused(400, 20001, f"Invalid parameter {name}")
    return int(text)


def _wanted(message: Message, query: Query) -> bool:
    same = all(message.record[name.lower()] == query[name] for name in ("To", "From") if name in query)
    return same and all(_dated(message.sent, name, value) for name, value in query.items() if name.startswith("Date"))


def _dated(sent: datetime | None, name: str, value: str) -> bool:
    """`DateSent>=2026-01-01` is the parameter `DateSent>` with that value; both bounds are included."""
    first, last = _moments(value)
    if sent is None:
        return False
    match name.removeprefix("DateSent")[:1]:
        case ">":
            return sent >= first
        case "<":
            return sent <= last
    return first <= sent <= last


def _moments(value: str) -> tuple[datetime, datetime]:
    """The first and the last moment of a date, or of a second."""
    try:
        first = datetime.fromisoformat(value)
    except ValueError:
        raise Refused(400, 20001, f"Invalid date {value}") from None
    span = timedelta(days=1) if len(value) == len("2026-01-01") else timedelta(seconds=1)
    first = first.astimezone(UTC) if first.tzinfo else first.replace(tzinfo=UTC)
    return first, first + span - timedelta(microseconds=1)
