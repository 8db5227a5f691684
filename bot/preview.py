"""Every entry as a client sees it on each channel, and what does not fit there."""

from collections.abc import Iterator, Mapping
from datetime import datetime, time
from types import MappingProxyType
from zoneinfo import ZoneInfo

from bot.channels import limits
from bot.channels.layout import numbered
from handlers import question
from handlers.effects import Reply
from handlers.events import Tapped
from handlers.facts import Client, Clinic, Desk, Facts, Fresh
from handlers.states import Idle
from knowledge_base.library import Files, Library, made
from knowledge_base.model import ANSWER_LANGUAGES, Entry
from knowledge_base.problems import Complaint, Problem

# The short answer, with its helplines and choices; and what follows when the client wants more.
PARTS = ("short", "long")
# An SMS is paid by the part. This is what the longest short answer, its helplines and choices need; one sign outside the
# GSM alphabet doubles it and is found.
SMS_PARTS_AT_MOST = 6

_WEEKDAY, _SATURDAY = ((time(8), time(17)),), ((time(9), time(13)),)
_HOURS: Mapping[int, tuple[tuple[time, time], ...]] = MappingProxyType(
    {**dict.fromkeys(range(5), _WEEKDAY), 5: _SATURDAY}
)
EXAMPLE = Clinic(
    "the clinic",
    "the clinic",
    hours=_HOURS,
    prices={"en": "all care is free", "sw": "huduma zote ni bure"},
    pep_at_night="Example Hospital, casualty",
    stock={"en": "condoms, lube and HIV self-tests", "sw": "kondomu, kilainishi na vipimo vya kujipima HIV"},
)
_NOW = datetime(2026, 3, 4, 9, 0, tzinfo=ZoneInfo("Africa/Nairobi"))


def facts(library: Library, lang: str, clinic: Clinic = EXAMPLE, organisation: str = "this organisation") -> Facts:
    """Return the facts of a client who speaks `lang`, while a counselor is on shift."""
    client = Client("", "web", language=lang, welcomed=True)
    return Facts(_NOW, client, library, clinic, Desk(1, "08:00"), Fresh("", ""), organisation)


def said(entry: Entry, part: str, given: Facts) -> Reply | None:
    """Return what the bot says for `part` of `entry`; None when there is no such part."""
    if part == "long" and not entry.answer(given.lang).long:
        return None
    tap = Tapped(f"more:{entry.id}")
    decision = question.answer(given, entry.id) if part == "short" else question.tapped(Idle(), tap, given)
    return next(effect for effect in decision.effects if isinstance(effect, Reply)) if decision else None


def sms_parts(reply: Reply) -> int:
    """Return in how many parts `reply` goes as an SMS, with its choices as numbers."""
    return limits.sms_parts(numbered(reply.text, reply.choices))


def unfitting(files: Files) -> list[Problem]:
    """Return what is too long for a channel, each with the file and line of its text."""
    library = made(files)
    given = {lang: facts(library, lang) for lang in ANSWER_LANGUAGES}
    return [
        Complaint(f"[{lang}]", f"{part} =", f"[{lang}] {part} {sentence}").located(file, file.read_text("utf-8"))
        for file, entry in files.entries.items()
        for lang in entry.answers
        for part in PARTS
        if (reply := said(entry, part, given[lang]))
        for sentence in _too_long(part, reply)
    ]


def _too_long(part: str, reply: Reply) -> Iterator[str]:
    """The long part is read by numbers on WhatsApp; a short answer fits below its three buttons too."""
    with_numbers = numbered(reply.text, reply.choices)
    for text, limit, where in (
        (reply.text, limits.TELEGRAM_LIMIT, "Telegram"),
        (with_numbers, limits.TWILIO_LIMIT, "WhatsApp and SMS, helplines and choices counted"),
        (
            reply.text if part == "short" else "",
            limits.WHATSAPP_BUTTONS_LIMIT,
            "WhatsApp with buttons, helplines counted",
        ),
    ):
        if limits.utf16(text) > limit:
            yield f"has {limits.utf16(text)} characters on {where}; at most {limit} fit"
    if part == "short" and sms_parts(reply) > SMS_PARTS_AT_MOST:
        yield f"goes in {sms_parts(reply)} parts as an SMS; at most {SMS_PARTS_AT_MOST}: shorten it, or find the sign that is not GSM"
