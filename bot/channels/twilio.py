"""WhatsApp and SMS through Twilio: choices as numbers, errors by their code, missed messages read back."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from urllib.parse import urlencode

from twilio.base.exceptions import TwilioException, TwilioRestException, TwilioServiceException
from twilio.rest import Client

from bot.channels import (
    Address,
    Ambiguous,
    Arrival,
    ClientGone,
    Misconfigured,
    NotSent,
    Parcel,
    Receipt,
    Throttled,
    Unreachable,
    WindowClosed,
)
from bot.channels.layout import numbered, sendable, split
from bot.channels.limits import TWILIO_LIMIT
from bot.channels.twilio_hooks import PART, arrival
from bot.channels.twilio_http import TIMEOUT_SECONDS, AiohttpClient

WHATSAPP = "whatsapp:"
# Counted in UTF-16 units, which are never fewer than characters.
TEXT_LIMIT = TWILIO_LIMIT
# No valid number, no mobile number, opted out, not on WhatsApp (twilio.com/docs/api/errors).
GONE = frozenset((21211, 21610, 21614, 63003))
# WhatsApp's 24 hours are over (twilio.com/docs/api/errors/63016).
WINDOW = 63016
# Twilio's library keeps no headers of an error, so that the time to wait is not known (platform.md 2.1).
THROTTLED_SECONDS = 1.0
# The largest page of a list (twilio.com/docs/usage/twilios-response#pagination).
PAGE_SIZE = 1000


class TwilioChannel:
    """Sends on both channels; `senders` names our number for "whatsapp" and for "sms". `status_callback` is called with
    the outbox row's reference. `templates` has Twilio's ids of what WhatsApp has approved."""

    def __init__(
        self,
        account_sid: str,
        auth_token: str,
        senders: Mapping[str, str],
        status_callback: str,
        api_base_url: str = "",
        seconds: float = TIMEOUT_SECONDS,
        templates: Mapping[str, str] | None = None,
    ) -> None:
        if not account_sid or not auth_token:  # the library would look for them in the environment
            raise Misconfigured("no account or token")
        self._http = AiohttpClient(api_base_url, seconds)
        self._client = Client(account_sid, auth_token, http_client=self._http)
        self._senders = {channel: _number(channel, value) for channel, value in senders.items() if value}
        self._status, self._templates = status_callback, templates or {}

    async def close(self) -> None:
        """Close the connections."""
        await self._http.close()

    async def send(self, parcel: Parcel) -> Receipt:
        """Send in as many parts as needed. Once a part is out, a failure of the next leaves the whole unknown."""
        if not isinstance(parcel.to, Address) or parcel.to.channel not in self._senders:
            raise Misconfigured("this channel has no sender")
        if parcel.template:
            return Receipt(await self._message(parcel.to, self._template(parcel.template), parcel.reference))
        sid = ""
        parts = split(sendable(numbered(parcel.text, parcel.choices)), TEXT_LIMIT, "utf16")
        for number, part in enumerate(parts):
            try:
                sid = await self._message(parcel.to, {"body": part}, _reference(parcel, number, len(parts)))
            except NotSent:
                if number:
                    raise Ambiguous("only a part was accepted") from None
                raise
        return Receipt(sid)

    def _template(self, name: str) -> dict[str, str]:
        """By its id only: the text of a template is refused as a body (twilio.com/docs/api/errors/63016)."""
        if name not in self._templates:
            raise Misconfigured("no such template")
        return {"content_sid": self._templates[name]}

    async def _message(self, to: Address, content: Mapping[str, str], reference: str) -> str:
        given = {"to": _number(to.channel, to.value), "from_": self._senders[to.channel], **content}
        async with _explained():
            sent = await self._client.messages.create_async(**given, status_callback=self._callback(reference))
        return str(sent.sid or "")

    def _callback(self, reference: str) -> str:
        """The reference lets a report settle a send whose outcome is unknown (security.md 3.2)."""
        return f"{self._status}{'&' if '?' in self._status else '?'}{urlencode({'ref': reference})}"

    async def missed(self, since: datetime) -> list[Arrival]:
        """Return the messages that clients sent to our numbers since then, oldest first. Only ever raises a `NotSent`.

        Twilio does not repeat what a webhook did not take within 15 seconds (platform.md 3.2).
        """
        found: list[tuple[datetime, Arrival]] = []
        for number in self._senders.values():
            if number.removeprefix(WHATSAPP).removeprefix("+").isdecimal():  # nobody can write to a name
                found += await self._listed(number, since)
        return [one for _, one in sorted(found, key=lambda pair: pair[0])]

    async def _listed(self, number: str, since: datetime) -> list[tuple[datetime, Arrival]]:
        asked = {"to": number, "date_sent_after": since.astimezone(UTC), "page_size": PAGE_SIZE}
        try:
            async with _explained():
                messages = await self._client.messages.list_async(**asked)
        except Ambiguous:
            raise Unreachable("no answer") from None
        # Newest first, as Twilio lists them; those of one second stay in the order in which they came.
        inbound = [message for message in reversed(messages) if message.direction == "inbound"]
        return [(message.date_sent or since, one) for message in inbound if (one := arrival(_form(message)))]


def _reference(parcel: Parcel, number: int, parts: int) -> str:
    """Only the last part's reports speak for the whole parcel: it is sent after all others were accepted."""
    return parcel.reference if number == parts - 1 else f"{parcel.reference}{PART}{number}"


def _number(channel: str, value: str) -> str:
    """Twilio's address of a number; `value` may be one already."""
    return f"{WHATSAPP}{value.removeprefix(WHATSAPP)}" if channel == "whatsapp" else value


def _form(message: object) -> dict[str, str]:
    """A listed message in the shape that the webhook would have given it."""
    names = {"MessageSid": "sid", "From": "from_", "To": "to", "Body": "body", "NumMedia": "num_media"}
    return {field: str(getattr(message, name, None) or "") for field, name in names.items()}


@asynccontextmanager
async def _explained() -> AsyncIterator[None]:
    """Turn twilio's errors into ours: certainly not sent and why, or not known."""
    try:
        yield
    except TwilioException as error:
        raise explained(error) from None
    except (AttributeError, KeyError, TypeError, ValueError):  # twilio met something else than what was promised
        raise Ambiguous("unreadable answer") from None


def explained(error: TwilioException) -> Exception:
    """Return what `error` means for the message that was being sent; without its text, which may quote the number."""
    status, code = _status(error), getattr(error, "code", None)
    if status == 429:
        return Throttled(THROTTLED_SECONDS)
    if not 400 <= status < 500:
        return Ambiguous("server error")
    if status in (401, 403):
        return Misconfigured("login refused")
    if code == WINDOW:
        return WindowClosed("24 hours are over")
    return ClientGone("no such client") if code in GONE else Misconfigured("refused")


def _status(error: TwilioException) -> int:
    """The HTTP status; the library hides that of a list in the exception's arguments."""
    if isinstance(error, TwilioRestException | TwilioServiceException):
        found = error.status
    else:
        found = getattr(error.args[-1] if error.args else None, "status_code", 0)
    return found if isinstance(found, int) else 0
