"""The other side of Twilio: people with phones, and what Twilio posts to us, signed."""

import asyncio
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from email.utils import format_datetime
from typing import Any, Literal

from twilio.request_validator import RequestValidator

from tests.wires.server import Answer, placed, post
from tests.wires.twilio_create import outcome
from tests.wires.twilio_world import VERSION, WHATSAPP, Message, World

Channel = Literal["whatsapp", "sms"]
Callbacks = Literal["in_order", "reversed", "none", "duplicate"]
Form = dict[str, str]


class People:
    """What people do and see. `says` returns the message's sid, after the webhook was tried: once, as Twilio does."""

    def __init__(self, world: World, auth_token: str, webhook_url: str, dns: dict[str, str]) -> None:
        self.world, self.webhook_url, self.dns = world, webhook_url, dns
        self.callbacks: Callbacks = "in_order"
        self.problems: list[str] = []
        self.posted: list[tuple[str, int]] = []
        self.reported: list[tuple[Form, int]] = []
        self.media_base = ""
        self._validator = RequestValidator(auth_token)
        self._tasks: set[asyncio.Task[None]] = set()
        self._outage = False

    async def says(self, number: str, text: str, channel: Channel = "whatsapp", media: int = 0) -> str:
        """A client writes; with `media`, that many pictures come along, and must never be fetched."""
        message = self._arrived(number, text, channel, media)
        if not self._outage:
            await self._post_message(message.form)
        return str(message.record["sid"])

    async def taps(self, number: str, payload: str, label: str) -> str:
        """A client taps a quick reply in WhatsApp."""
        message = self._arrived(number, label, "whatsapp", 0)
        message.form |= {"ButtonPayload": payload, "ButtonText": label, "MessageType": "button"}
        if not self._outage:
            await self._post_message(message.form)
        return str(message.record["sid"])

    async def redeliver(self, sid: str) -> int:
        """The same message comes once more; returns what the webhook answered."""
        return (await self._post_message(self.world.message(sid).form)).status

    async def forged(self, number: str, text: str, channel: Channel = "whatsapp") -> int:
        """Somebody else posts a message, with a wrong signature; returns what the webhook answered."""
        form = self._form(self.world.sid("SM"), number, text, channel, 0)
        signature = RequestValidator("not-the-token").compute_signature(self.webhook_url, form)
        return (await self._signed(self.webhook_url, form, signature)).status

    @contextmanager
    def outage(self) -> Iterator[None]:
        """We cannot be reached: what Twilio would post is lost, but messages are in the list."""
        self._outage = True
        try:
            yield
        finally:
            self._outage = False

    def opts_out(self, number: str, channel: Channel = "sms") -> None:
        """The carrier no longer takes messages for this client (21610)."""
        self.world.opted_out.add(_address(number, channel))

    def unreachable(self, number: str, error_code: int, channel: Channel = "whatsapp") -> None:
        """Messages to this client are taken, and reported as undelivered."""
        self.world.unreachable[_address(number, channel)] = error_code

    def phone(self, number: str, channel: Channel | None = None) -> list[str]:
        """The texts that were delivered to a client, oldest first; of WhatsApp, then of SMS, unless one is named."""
        channels: tuple[Channel, ...] = (channel,) if channel else ("whatsapp", "sms")
        return [text for one in channels for text in self.world.phones.get(_address(number, one), [])]

    async def settled(self) -> None:
        """Wait until all status callbacks are out, and what they led to."""
        while self._tasks:
            await asyncio.gather(*self._tasks)

    def _arrived(self, number: str, text: str, channel: Channel, media: int) -> Message:
        client = _address(number, channel)
        values = {"from": client, "to": self._ours(channel), "body": text, "num_media": str(media)}
        message = self.world.add("MM" if media else "SM", **values, direction="inbound", status="received")
        self.world.changed(message, date_sent=format_datetime(self.world.now))
        message.sent = self.world.last_wrote[client] = self.world.now
        message.form = self._form(message.record["sid"], number, text, channel, media)
        return message

    def _ours(self, channel: Channel) -> str:
        return next(one for one in self.world.senders if one.startswith(WHATSAPP) == (channel == "whatsapp"))

    def _form(self, sid: str, number: str, text: str, channel: Channel, media: int) -> Form:
        """The parameters of a webhook request (twilio.com/docs/messaging/guides/webhook-request)."""
        form = {"MessageSid": sid, "SmsMessageSid": sid, "SmsSid": sid, "AccountSid": self.world.account}
        form |= {"From": _address(number, channel), "To": self._ours(channel), "Body": text, "NumSegments": "1"}
        form |= {"NumMedia": str(media), "SmsStatus": "received", "ApiVersion": VERSION}
        if channel == "whatsapp":
            kind = "image" if media else "text"
            form |= {"ProfileName": f"Name{number}", "WaId": number.removeprefix("+"), "MessageType": kind}
        for index in range(media):
            form[f"MediaUrl{index}"] = f"{self.media_base}/media/{sid}/{index}"
            form[f"MediaContentType{index}"] = "image/jpeg"
        return form

    async def _post_message(self, form: Form) -> Answer:
        answer = await self._signed(self.webhook_url, form)
        self.posted.append((form["MessageSid"], answer.status))
        if answer.good and answer.text and "xml" not in answer.kind:
            self.problems.append(f"webhook: answered {answer.kind}, where only TwiML is read (12300)")
        return answer

    async def _signed(self, url: str, form: Form, signature: str = "") -> Answer:
        """Twilio signs the public address, wherever that is really served (twilio.com/docs/usage/security)."""
        given = signature or self._validator.compute_signature(url, form)
        return await post(placed(url, self.dns), {"X-Twilio-Signature": given}, data=form)

    def _spawn(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _carry(self, message: Message) -> None:
        """Carry a message to the phone, if it gets there; reports on it follow."""
        statuses, code = outcome(self.world, message)
        if not code:
            self.world.phones[message.record["to"]].append(message.record["body"])
        self._spawn(self._report(message, statuses, code))

    async def _report(self, message: Message, statuses: list[str], code: int) -> None:
        """Report in the order that the test wants."""
        message.sent = self.world.now
        sent = format_datetime(message.sent)
        self.world.changed(message, status=statuses[-1], error_code=code or None, date_sent=sent)
        for status in _scripted(statuses, self.callbacks):
            if message.callback and not self._outage:
                form = self._report_form(message, status, code)
                self.reported.append((form, await self._reported(message.callback, form)))

    async def _reported(self, url: str, form: Form) -> int:
        try:
            return (await self._signed(url, form)).status
        except ValueError as error:
            self.problems.append(f"StatusCallback: {error}")
            return 0

    def _report_form(self, message: Message, status: str, code: int) -> Form:
        """twilio.com/docs/messaging/guides/outbound-message-status-in-status-callbacks."""
        sid, record = message.record["sid"], message.record
        form = {"MessageSid": sid, "SmsSid": sid, "MessageStatus": status, "SmsStatus": status}
        form |= {"AccountSid": self.world.account, "ApiVersion": VERSION, "From": record["from"], "To": record["to"]}
        if record["to"].startswith(WHATSAPP):
            form |= {"ChannelPrefix": "whatsapp", "ChannelToAddress": record["to"].removeprefix(WHATSAPP)}
            form |= {"EventType": status.upper()} if status in ("delivered", "read") else {}
        return form | ({"ErrorCode": str(code)} if code else {})


def _scripted(statuses: list[str], callbacks: Callbacks) -> list[str]:
    match callbacks:
        case "none":
            return []
        case "reversed":
            return statuses[::-1]
        case "duplicate":
            return [status for status in statuses for _ in range(2)]
    return statuses


def _address(number: str, channel: Channel) -> str:
    return f"{WHATSAPP}{number}" if channel == "whatsapp" else number
