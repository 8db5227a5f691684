"""What the pretend Twilio knows: messages, senders, templates, who opted out, and when a client last wrote."""

import hashlib
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email.utils import format_datetime
from itertools import count
from typing import Any

from tests.wires.clock import Clocked

Json = dict[str, Any]
VERSION = "2010-04-01"
# Free text only this long after the client's last message (twilio.com/docs/api/errors/63016).
WINDOW = timedelta(hours=24)
WHATSAPP = "whatsapp:"


class Refused(Exception):
    """An error answer: HTTP status, Twilio's code and words (twilio.com/docs/api/errors)."""

    def __init__(self, status: int, code: int, message: str) -> None:
        super().__init__(message)
        self.status, self.code, self.message = status, code, message


@dataclass(slots=True)
class Message:
    """A message record, and what the API does not show of it."""

    record: Json
    sent: datetime | None = None
    callback: str = ""
    form: dict[str, str] = field(default_factory=dict)


class World(Clocked):
    """The state of one account."""

    def __init__(self, account: str, senders: list[str], clock: Callable[[], datetime] | None = None) -> None:
        super().__init__(clock)
        self.account, self.senders = account, senders
        self.messages: dict[str, Message] = {}
        self.templates: dict[str, str] = {}
        self.services: dict[str, str] = {}
        self.opted_out: set[str] = set()
        self.unreachable: dict[str, int] = {}
        self.phones: dict[str, list[str]] = defaultdict(list)
        self.last_wrote: dict[str, datetime] = {}
        self._numbers = count(1)

    def sid(self, kind: str) -> str:
        """Return a new id, such as SM and 32 hexadecimal digits."""
        return kind + hashlib.sha256(str(next(self._numbers)).encode()).hexdigest()[:32]

    def uri(self, sid: str) -> str:
        """Return the path of a message."""
        return f"/{VERSION}/Accounts/{self.account}/Messages/{sid}.json"

    def add(self, kind: str, **values: object) -> Message:
        """Store a new message; `values` overrides what is usual."""
        sid, now = self.sid(kind), format_datetime(self.now)
        record: Json = {"sid": sid, "account_sid": self.account, "api_version": VERSION, "uri": self.uri(sid)}
        record |= {"date_created": now, "date_updated": now, "date_sent": None, "num_media": "0", "num_segments": "1"}
        record |= dict.fromkeys(("error_code", "error_message", "messaging_service_sid", "price", "price_unit"))
        record |= {"subresource_uris": {"media": self.uri(sid).replace(".json", "/Media.json")}}
        self.messages[sid] = Message(record | values)
        return self.messages[sid]

    def changed(self, message: Message, **values: object) -> None:
        """Change a record."""
        message.record |= {"date_updated": format_datetime(self.now)} | values

    def message(self, sid: str) -> Message:
        """Return a message that was not deleted."""
        if sid not in self.messages:
            uri = self.uri(sid).removesuffix(".json")
            raise Refused(404, 20404, f"The requested resource {uri} was not found")
        return self.messages[sid]

    def window_open(self, client: str) -> bool:
        """Return whether free text to this WhatsApp client is allowed."""
        last = self.last_wrote.get(client)
        return last is not None and self.now - last < WINDOW
