"""How long ago something was, in the client's words: "jana usiku", "2 days ago", "saa kumi zilizopita", "friday night".

Swahili counts the hours of the clock from dawn, so that "saa kumi zilizopita" is ten hours ago, "saa kumi jioni" four
in the afternoon, and "saa kumi" alone no answer. What is vague becomes a span of hours, never a guess.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from knowledge_base.words import words


@dataclass(frozen=True, slots=True)
class Elapsed:
    """Hours since then: at least `least`, at most `most`."""

    least: float
    most: float


# PEP has to start within this time (Kenya HIV guidelines 2022, page 10-3; WHO 2024).
LIMIT = 72
# A day or a clock without "ago" counts as an answer only in a message as short as an answer is.
_SHORT = 3
_HOUR = timedelta(hours=1)

_COUNTED = {name: str(number) for number, names in enumerate((
    "one moja mmoja", "two mbili mawili miwili", "three tatu matatu mitatu", "four nne manne minne", "five tano matano mitano",
    "six sita", "seven saba", "eight nane", "nine tisa", "ten kumi", "eleven", "twelve",
), 1) for name in names.split()}  # fmt: skip
_TENS = {name: str(number) for number, names in (
    (20, "twenty ishirini"), (30, "thirty thelathini"), (40, "forty arobaini"), (50, "fifty hamsini"), (60, "sixty sitini"),
    (70, "seventy sabini"),
) for name in names.split()}  # fmt: skip
_NUMBERS = _COUNTED | _TENS

# Other ways to say the same, in the order in which they are replaced.
_SAME: tuple[tuple[re.Pattern[str], str], ...] = tuple((re.compile(rf"\b(?:{said})\b"), meant) for said, meant in (
    (r"(\d0) (?:na |and )?([1-9])(?! ?\d)", ""),
    (r"last n(?:ight|yt|ite)|(?:the )?night before|usiku wa (?:jana|kuamkia leo)|usiku uliopita", "yesterday night"),
    (r"tonight|usiku huu|usiku wa leo", "today night"),
    (r"this (?=morning|afternoon|evening)", "today "),
        (r"asubuhi (?:hii|ya leo)", "today morning"),
    (r"(?:the )?day before yesterday|juzi", "juzi"),
    (r"yesterday|ystd|ysday|yday|yesturday|jana", "yesterday"),
    (r"leo|2day|today", "today"),
    (r"half an hour|nusu saa", "30 minutes"),
    (r"(?:a )?(?:few|couple of) (?=hour|hr|minute|min)|(?<=masaa )machache|(?<=dakika )chache|(?<=saa )chache", "3"),
    (r"(?:a )?couple of (?=day)", "2 "),
    (r"an? (?=hour|hr|day|week|month|minute)", "1 "),
    (r"siku chache|(?:a )?few days", "3 days"),
))  # fmt: skip

_AGO = r"(?:zilizopita|yaliyopita|iliyopita|iliopita|zimepita|yamepita|imepita|ago|nyuma)"
_UNITS: tuple[tuple[re.Pattern[str], float], ...] = tuple((re.compile(pattern), hours) for pattern, hours in (
    (r"\b(\d{1,3}) ?(?:minutes?|mins?)\b", 1 / 60), (r"\bdakika (\d{1,3})\b", 1 / 60),
    (r"\b(\d{1,3}) ?(?:hours?|hrs?|h)\b", 1), (r"\bmasaa? (?:kama )?(\d{1,3})\b", 1),
    (rf"\bsaa (?:kama )?(\d{{1,3}}) {_AGO}\b", 1), (r"\bsaa (?:kama )?(1[3-9]|[2-9]\d|\d{3})\b", 1),
    (r"\b(\d{1,3}) ?(?:days?|d)\b", 24), (r"\bsiku (?:kama )?(\d{1,3})\b", 24),
    (r"\b(\d{1,3}) ?(?:weeks?|wks?)\b", 168), (r"\bwiki (\d{1,3})\b", 168),
    (r"\b(\d{1,3}) ?months?\b", 720), (r"\bmi?we?zi (\d{1,3})\b", 720),
))  # fmt: skip
_NOW = re.compile(
    r"(?:just |right )?(?:now|sasa hivi|sasa hivi tu|saa hii|sahii|sai|saizi)|.*\bjust (?:now|happened)\b.*"
)

_WEEKDAYS = tuple(re.compile(rf"\b(?:{names})\b") for names in (
    "monday|mon|jumatatu|jtatu", "tuesday|tue|jumanne|jnne", "wednesday|wed|jumatano|jtano", "thursday|thur?|alhamisi",
    "friday|fri|ijumaa", "saturday|sat|jumamosi", "sunday|sun|jumapili",
))  # fmt: skip
_WEEKEND = re.compile(r"\b(?:weekend|wikendi?)\b")
_LAST_WEEKEND = re.compile(r"\b(?:over the|over|last|past|this) weekend\b|\bwikendi? (?:iliyopita|iliopita|hii)\b")
_PAST = re.compile(r"\b(?:last|past|iliyopita|iliopita|jana)\b")
_WEEK = re.compile(r"\b(?:last|past) week\b|\bwiki (?:yesterday|iliyopita|iliopita)\b")
_MONTH = re.compile(r"\b(?:last|past) (?:month|year)\b|\b(?:mwezi|mwaka) (?:yesterday|uliopita|uliyopita)\b")

# Parts of the day by clock hour; a night goes on until the next morning.
_NIGHT = (19, 29)
_PARTS = tuple((re.compile(rf"\b(?:{names})\b"), hours) for names, hours in (
    ("alfajiri|dawn", (3, 7)), ("morning|asubuhi", (5, 12)), ("afternoon|noon|mchana", (11, 17)), ("evening|jioni", (16, 20)),
    ("night|nyt|nite|usiku", _NIGHT),
))  # fmt: skip
_WHOLE = (0, 24)
_ENGLISH_CLOCK = re.compile(r"\b(\d{1,2})(?: \d\d)? ?(am|pm)\b")
_SWAHILI_CLOCK = re.compile(
    r"\bsaa (\d{1,2})(?: (?:na )?(?:nusu|robo|\d\d))?(?: (?:za|ya))? (alfajiri|asubuhi|mchana|jioni|usiku)\b"
)


def read(text: str, now: datetime) -> Elapsed | None:
    """Return how long before `now` something was by `text`; None where it does not say so.

    Of several times those within 72 hours count: to say "too late" wrongly would be the worst mistake.
    """
    said = _same(" ".join(words(text)))
    spans = [*_counted(said), *_by_calendar(said, now)]
    recent = [span for span in spans if span.least <= LIMIT] or spans
    if not recent:
        return None
    return Elapsed(min(span.least for span in recent), max(span.most for span in recent))


def _same(said: str) -> str:
    """The words with numbers as digits, and with one way to say each time."""
    said = " ".join(_NUMBERS.get(word, word) for word in said.split())
    for pattern, meant in _SAME:
        said = pattern.sub(meant or _sum, said)
    return said


def _sum(found: re.Match[str]) -> str:
    """Twenty and four."""
    return str(int(found[1]) + int(found[2]))


def _counted(said: str) -> Iterator[Elapsed]:
    """Yield "12 hours", "siku 2": hours as they are said, days and more give or take a half."""
    if _NOW.fullmatch(said):
        yield Elapsed(0, 1)
    for pattern, unit in _UNITS:
        for found in pattern.finditer(said):
            doubt = unit / 2 if unit > 1 else 0
            hours = int(found[1]) * unit
            yield Elapsed(max(0, hours - doubt), hours + doubt)


def _by_calendar(said: str, now: datetime) -> Iterator[Elapsed]:
    """Yield what a day, a part of the day or a clock says."""
    today = datetime.combine(now.date(), time(), now.tzinfo)
    if _MONTH.search(said):
        yield _since(today.replace(day=1) - 365 * 24 * _HOUR, today.replace(day=1), now)
    elif _WEEK.search(said):
        monday = today - today.weekday() * 24 * _HOUR
        yield _since(monday - 7 * 24 * _HOUR, monday, now)
    else:
        yield from _moments(said, now, today)


def _moments(said: str, now: datetime, today: datetime) -> Iterator[Elapsed]:
    hours = _clock(said) or _part(said)
    short = len(said.split()) <= _SHORT
    for day, step in _days(said, today, timed=bool(hours), short=short):
        first, last = hours or _WHOLE
        starts, ends = day + first * _HOUR, day + last * _HOUR
        back = step * 24 * _HOUR if starts > now else 0 * _HOUR
        yield _since(starts - back, ends - back, now)
    if (_WEEKEND if short else _LAST_WEEKEND).search(said):
        friday = today - ((today.weekday() + 2) % 7 + 1) * 24 * _HOUR
        yield _since(friday + 18 * _HOUR, friday + 72 * _HOUR, now)


def _since(starts: datetime, ends: datetime, now: datetime) -> Elapsed:
    return Elapsed(max(0.0, (now - ends) / _HOUR), max(0.0, (now - starts) / _HOUR))


def _days(said: str, today: datetime, *, timed: bool, short: bool) -> list[tuple[datetime, int]]:
    """The days named, and how many days before a day of the same name would be.

    A weekday may also be the day somebody wants to come: it needs a sign that it is past. A time alone is of today.
    """
    sure = timed or short
    found = [(today - back * 24 * _HOUR, 0) for word, back in (("juzi", 2), ("yesterday", 1)) if word in said.split()]
    if sure or _PAST.search(said):
        named = [number for number, pattern in enumerate(_WEEKDAYS) if pattern.search(said)]
        found += [(today - (today.weekday() - number) % 7 * 24 * _HOUR, 7) for number in named]
    if sure and "today" in said.split():
        found.append((today, 1))
    return found or ([(today, 1)] if timed and len(said.split()) <= _SHORT + 1 else [])


def _part(said: str) -> tuple[int, int] | None:
    found = [hours for pattern, hours in _PARTS if pattern.search(said)]
    return (min(first for first, _ in found), max(last for _, last in found)) if found else None


def _clock(said: str) -> tuple[int, int] | None:
    """The hour that a clock time names, from midnight; after a Swahili night's midnight it goes on to 24, 25, …"""
    if found := _SWAHILI_CLOCK.search(said):
        hour = _from_dawn(int(found[1]), found[2])
    elif found := _ENGLISH_CLOCK.search(said):
        hour = int(found[1]) % 12 + (12 if found[2] == "pm" else 0)
        # "2 am last night" is after that night's midnight.
        hour += 24 if hour < 6 and _part(said) == _NIGHT else 0
    else:
        return None
    return hour, hour + 1


def _from_dawn(said: int, part: str) -> int:
    hour = (said + 6) % 12
    if part in ("alfajiri", "asubuhi") or (part == "mchana" and hour > 9):
        return hour
    return hour + 24 if part == "usiku" and hour < 6 else hour + 12
