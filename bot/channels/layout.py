"""How text is laid out for channels without buttons or with limits: numbers, parts, and nothing that misleads the eye."""

import re
from collections.abc import Sequence
from typing import Literal

from bot.channels import limits
from handlers.choices import COUNSELOR
from handlers.states import Choice

Units = Literal["chars", "utf16"]

# What one message may hold at most: Telegram's limit, taken for all channels.
TEXT_LIMIT = limits.TELEGRAM_LIMIT
# Control, bidirectional and zero-width characters and the byte order mark hide or reorder what a counselor reads; lone
# surrogates cannot be stored.
_UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff]")
# The zero-width joiner stays between emoji, which need it (Unicode TR 51).
_EMOJI = "\u2190-\u2bff\u3030\u303d\u3297\u3299\U0001f000-\U0001faff"
_JOINER = re.compile(f"(?<![{_EMOJI}\ufe0f])\u200d|\u200d(?![{_EMOJI}])")
_SURROGATES = re.compile("[\ud800-\udfff]")
# Where to cut, best first.
_BORDERS = (re.compile(r"\n\s*\n"), re.compile(r"\n"), re.compile(r"\s"))
# What belongs to the sign before it: joiners, skin tones, variation selectors, accents.
_ATTACHED = re.compile("[\u0300-\u036f\u200d\ufe0e\ufe0f\U0001f3fb-\U0001f3ff]")
_LONGEST_SIGN = 16


def strip_unsafe(text: str) -> str:
    """Return `text` without control, bidirectional and zero-width characters or lone surrogates, at most 4,096 long."""
    return _JOINER.sub("", _UNSAFE.sub("", text.replace("\r\n", "\n"))[:TEXT_LIMIT])


def sendable(text: str) -> str:
    """Return `text` with what cannot be encoded replaced, so that sending it cannot fail for that."""
    return _SURROGATES.sub("\ufffd", text).replace("\x00", "")


def numbered(text: str, choices: Sequence[Choice]) -> str:
    """Return `text` with its choices as numbered lines; talking to a person is always number 0, and last."""
    others = [choice for choice in choices if choice.id != COUNSELOR]
    lines = [f"{number} {choice.label}" for number, choice in enumerate(others, 1)]
    lines += [f"0 {choice.label}" for choice in choices if choice.id == COUNSELOR]
    return "\n".join((text, "", *lines)) if lines else text


def split(text: str, limit: int, units: Units = "chars") -> list[str]:
    """Return `text` in parts of at most `limit` characters (or UTF-16 units), cut at paragraph, line or word borders.

    Nothing is lost but white space where it was cut.
    """
    parts: list[str] = []
    rest = text
    while _size(rest, units) > limit:
        cut = _border(rest, _fitting(rest, limit, units))
        parts.append(rest[:cut].rstrip())
        rest = rest[cut:].lstrip()
    return [part for part in (*parts, rest) if part] or [text[:limit]]


def _size(text: str, units: Units) -> int:
    return limits.utf16(text) if units == "utf16" else len(text)


def _fitting(text: str, limit: int, units: Units) -> int:
    """The number of characters from the start that fit, at least one."""
    used = 0
    for position, sign in enumerate(text):
        used += 2 if units == "utf16" and sign > "\uffff" else 1
        if used > limit:
            return max(position, 1)
    return len(text)


def _border(text: str, fitting: int) -> int:
    """The best place to cut at or before `fitting`; in the first half, where little would be sent, only for want of
    another."""
    for border, start in (*((one, fitting // 2) for one in _BORDERS), (_BORDERS[-1], 1)):
        found = [one.start() for one in border.finditer(text, start, fitting + 1)]
        if found and found[-1] > 0:
            return found[-1]
    return _whole_sign(text, fitting)


def _whole_sign(text: str, fitting: int) -> int:
    """Step back from the middle of an emoji or an accented letter; one that never ends is cut all the same."""
    for cut in range(fitting, max(fitting - _LONGEST_SIGN, 0), -1):
        if not _ATTACHED.match(text, cut) and text[cut - 1] != "\u200d":
            return cut
    return fitting
