"""Sending a message: what Twilio refuses at once, and what it takes (twilio.com/docs/messaging/api/message-resource)."""

import json
import re
from collections.abc import Callable, Mapping
from urllib.parse import urlsplit

from tests.wires.twilio_world import WHATSAPP, Message, Refused, World

FIELDS = frozenset(
    (
        *("To", "From", "Body", "StatusCallback", "MediaUrl", "ContentSid", "ContentVariables", "MessagingServiceSid"),
        *("ApplicationSid", "MaxPrice", "ProvideFeedback", "Attempt", "ValidityPeriod", "ForceDelivery"),
        *("ContentRetention", "AddressRetention", "SmartEncoded", "PersistentAction", "TrafficType", "ShortenUrls"),
        *("ScheduleType", "SendAt", "SendAsMms", "RiskCheck", "FallbackFrom"),
    )
)
# Known to Twilio, but to send them would do what is not pretended here.
NOT_PRETENDED = frozenset(("MediaUrl", "ScheduleType", "SendAt", "PersistentAction", "ApplicationSid", "SendAsMms"))
BODY_CHARACTERS = 1600
ADDRESS = re.compile(r"(whatsapp:)?\+[1-9]\d{6,14}")
GSM = re.compile(r"[\w @£$¥èéùìòÇØøÅåΔΦΓΛΩΠΨΣΘΞÆæßÉ!\"#¤%&'()*+,\-./:;<=>?¡¿§\r\n]*", re.ASCII)
Form = Mapping[str, str]


def _to(world: World, form: Form) -> None:
    if not form.get("To"):
        raise Refused(400, 21604, "A 'To' phone number is required.")
    if not ADDRESS.fullmatch(form["To"]):
        raise Refused(400, 21211, f"The 'To' number {form['To']} is not a valid phone number.")


def _from(world: World, form: Form) -> None:
    sender = _sender(world, form)
    if not ADDRESS.fullmatch(sender):
        raise Refused(
            400, 21212, f"The 'From' number {sender} is not a valid phone number, shortcode, or alphanumeric."
        )
    if sender not in world.senders and sender.startswith(WHATSAPP):
        raise Refused(400, 63007, "Twilio could not find a Channel with the specified From address")
    if sender not in world.senders:
        raise Refused(400, 21606, f"The 'From' phone number provided ({sender}) is not a valid message-capable number.")


def _sender(world: World, form: Form) -> str:
    """The sender, by name or from a messaging service's pool."""
    if form.get("From"):
        return form["From"]
    service = form.get("MessagingServiceSid")
    if not service:
        raise Refused(400, 21603, "A 'From' phone number is required.")
    if service not in world.services:
        raise Refused(404, 21701, "The Messaging Service does not exist")
    return world.services[service]


def _pair(world: World, form: Form) -> None:
    to, sender = form["To"], _sender(world, form)
    if to.startswith(WHATSAPP) != sender.startswith(WHATSAPP):
        raise Refused(400, 21910, "Invalid From and To pair. From and To should be of the same channel")
    if to == sender:
        raise Refused(400, 21266, "'To' and 'From' number cannot be the same")


def _body(world: World, form: Form) -> None:
    if form.get("ContentSid"):
        _template(world, form)
    elif not form.get("Body", "").strip():
        raise Refused(400, 21602, "Message body is required.")
    if len(_text(world, form)) > BODY_CHARACTERS:
        raise Refused(400, 21617, "The concatenated message body exceeds the 1600 character limit")


def _template(world: World, form: Form) -> None:
    if form["ContentSid"] not in world.templates:
        raise Refused(400, 21655, "The ContentSid is Invalid")
    try:
        variables = json.loads(form.get("ContentVariables", "{}"))
    except ValueError:
        variables = None
    if not isinstance(variables, dict):
        raise Refused(400, 21656, "The ContentVariables Parameter is invalid")


def _callback(world: World, form: Form) -> None:
    """An address with a host name and without underscores in it."""
    url = form.get("StatusCallback", "")
    parts = urlsplit(url)
    if url and (parts.scheme not in ("http", "https") or not parts.hostname or "_" in parts.hostname):
        raise Refused(400, 21609, f"The 'StatusCallback' URL {url} is not a valid URL.")


def _opted_out(world: World, form: Form) -> None:
    if form["To"] in world.opted_out:
        raise Refused(400, 21610, "Attempt to send to unsubscribed recipient")


CHECKS: tuple[Callable[[World, Form], None], ...] = (_to, _from, _pair, _body, _callback, _opted_out)


def create(world: World, form: Form) -> Message:
    """Take a message, or refuse it. Whether it reaches the client is told later, by callbacks."""
    for check in CHECKS:
        check(world, form)
    sender, body = _sender(world, form), _text(world, form)
    values = {"from": sender, "to": form["To"], "body": body, "direction": "outbound-api", "status": "queued"}
    segments = "1" if sender.startswith(WHATSAPP) else str(_segments(body))
    service = form.get("MessagingServiceSid")
    message = world.add("SM", **values, num_segments=segments, messaging_service_sid=service)
    message.callback = form.get("StatusCallback", "")
    message.form = dict(form)
    return message


def _text(world: World, form: Form) -> str:
    text = form.get("Body", "")
    if form.get("ContentSid"):
        text = world.templates[form["ContentSid"]]
        for name, value in json.loads(form.get("ContentVariables", "{}")).items():
            text = text.replace("{{" + str(name) + "}}", str(value))
    return text


def _segments(body: str) -> int:
    """160 GSM-7 or 70 UCS-2 characters alone, 153 or 67 in a row (twilio.com/docs/glossary/what-sms-character-limit)."""
    one, each = (160, 153) if GSM.fullmatch(body) else (70, 67)
    units = len(body) if one == 160 else len(body.encode("utf-16-le")) // 2
    return 1 if units <= one else -(-units // each)


def outcome(world: World, message: Message) -> tuple[list[str], int]:
    """Return the statuses that follow, and the error code: asynchronous errors come only here (platform.md 2.3)."""
    to = message.record["to"]
    if to in world.unreachable:
        return ["undelivered"], world.unreachable[to]
    if not to.startswith(WHATSAPP):
        return ["sent", "delivered"], 0
    if not message.form.get("ContentSid") and not world.window_open(to):
        return ["undelivered"], 63016
    return ["sent", "delivered", "read"], 0
