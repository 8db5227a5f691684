"""Read what Twilio posts: prove that it is Twilio, then messages and delivery reports."""

from collections.abc import Mapping
from dataclasses import dataclass

import phonenumbers
from twilio.request_validator import (
    SIGNATURE_HEADER,
    SIGNATURE_SETTINGS_HEADER,
    RequestValidator,
    get_signature_algorithm,
)

from bot.channels import Address, Arrival
from bot.channels.layout import strip_unsafe
from handlers.events import Event, Said, SentMedia, Tapped

SOURCE = "twilio"
Form = Mapping[str, object]
# Stands between an outbox row's reference and the number of a part.
PART = "."
REGION = "KE"
# As long as the ids of our choices may be (Telegram's limit, taken for all channels).
CHOICE_LIMIT = 64
# Twilio's error codes have five digits (twilio.com/docs/api/errors).
DIGITS = 9
# How far a message has come (twilio.com/docs/messaging/api/message-resource#message-status-values). Reports arrive in
# any order, and a later one must not be undone by an earlier one; the last two are final.
RANK = {"queued": 1, "accepted": 1, "sending": 2, "sent": 3, "delivered": 4, "read": 5, "undelivered": 6, "failed": 6}


@dataclass(frozen=True, slots=True)
class StatusUpdate:
    """A delivery report about the outbox row `reference`, or about a first `part` of its message only."""

    reference: str
    external_id: str
    status: str
    error_code: int = 0
    part: bool = False


def verified(url: str, form: Form, headers: Mapping[str, str], auth_token: str) -> bool:
    """Return whether Twilio signed this request to `url`. Never raises.

    A request signed with a shared key names its algorithm in a header of its own (platform.md 2.4).
    """
    try:
        given = _header(headers, SIGNATURE_HEADER)
        algorithm = get_signature_algorithm(_header(headers, SIGNATURE_SETTINGS_HEADER))
        return bool(given) and bool(RequestValidator(auth_token).validate(url, form, given, algorithm))
    except (ValueError, TypeError, AttributeError, KeyError):
        return False


def _header(headers: Mapping[str, str], name: str) -> str:
    return next((value for key, value in headers.items() if key.lower() == name.lower()), "")


def arrival(form: Form) -> Arrival | None:
    """Return what a client sent, or None when the form is no message of a client."""
    sid, sender = _text(form, "MessageSid"), _address(_text(form, "From"))
    return Arrival(SOURCE, sid, sender, _event(form)) if sid and sender else None


def _event(form: Form) -> Event:
    if _text(form, "NumMedia").strip("0"):
        return SentMedia("other")  # never fetched, whatever it is (security.md R10)
    if payload := _text(form, "ButtonPayload"):
        return Tapped(strip_unsafe(payload)[:CHOICE_LIMIT])
    if _text(form, "Latitude"):
        return SentMedia("location")
    said = strip_unsafe(_text(form, "Body"))
    return Said(said) if said.strip() else SentMedia("other")


def _address(sender: str) -> Address | None:
    """Return the address of a phone number in E.164; the same person on WhatsApp and SMS are two conversations.

    Names and short codes, which cannot be answered, have none.
    """
    channel = "whatsapp" if sender.startswith("whatsapp:") else "sms"
    number = sender.removeprefix("whatsapp:").strip()
    try:
        parsed = phonenumbers.parse(number, REGION)
    except phonenumbers.NumberParseException:
        return None
    if not number.startswith("+") and not phonenumbers.is_possible_number(parsed):
        return None
    return Address(channel, phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164))


def status(form: Form, query: Form) -> StatusUpdate | None:
    """Return the delivery report in `form`, or None when it is none of ours."""
    reference, state = _text(query, "ref"), _text(form, "MessageStatus")
    if not reference or state not in RANK:
        return None
    row, part, _ = reference.partition(PART)
    return StatusUpdate(row, _text(form, "MessageSid"), state, _code(_text(form, "ErrorCode")), bool(part))


def _code(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) <= DIGITS else 0


def later(old: str, new: str) -> bool:
    """Return whether a message that had come as far as `old` has now come further."""
    return RANK.get(new, 0) > RANK.get(old, 0)


def _text(form: Form, name: str) -> str:
    value = form.get(name, "")
    return value if isinstance(value, str) else ""
