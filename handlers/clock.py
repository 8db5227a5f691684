"""How a day and a time are said. Swahili counts the hours from dawn: 08:30 is "saa 2:30 asubuhi"."""

from datetime import date, datetime, time

from babel.dates import format_date

from handlers.texts import LANGUAGES

# Parts of the day by clock hour, as used in Kenya.
_PARTS = ((4, "usiku"), (12, "asubuhi"), (16, "mchana"), (19, "jioni"), (24, "usiku"))
_NEAR = {0: {"today", "leo"}, 1: {"tomorrow", "kesho"}}


def day_label(lang: str, day: date) -> str:
    """Return a short day: "Wed 25 Nov", "Jtt 25 Nov"."""
    return format_date(day, "EEE d MMM", locale=lang)


def day_name(lang: str, day: date) -> str:
    """Return a full day: "Wednesday 25 November"."""
    return format_date(day, "EEEE d MMMM", locale=lang)


def spoken(day: date | None, now: datetime) -> frozenset[str]:
    """Return the single words of both languages that name `day`: its weekday, today, tomorrow. None has no name."""
    if day is None:
        return frozenset()
    weekdays = {format_date(day, "EEEE", locale=lang).lower() for lang in LANGUAGES}
    return frozenset(weekdays | _NEAR.get((day - now.date()).days, set()))


def time_label(lang: str, when: datetime | time) -> str:
    """Return the time for a choice, short: in Swahili with the Swahili hour, since the two are six hours apart."""
    return f"{when:%H:%M}" if lang == "en" else f"{when:%H:%M} (saa {_hour(when)})"


def time_name(lang: str, when: datetime | time) -> str:
    """Return the time for a sentence: in Swahili with the part of the day too."""
    return f"{when:%H:%M}" if lang == "en" else f"{when:%H:%M} (saa {swahili_time(when)})"


def swahili_time(when: datetime | time) -> str:
    """Return the hour as Swahili speakers say it, with the part of the day."""
    part = next(name for before, name in _PARTS if when.hour < before)
    return f"{_hour(when)} {part}"


def _hour(when: datetime | time) -> str:
    hour = (when.hour - 6) % 12 or 12
    return f"{hour}:{when:%M}" if when.minute else f"{hour}"


def opening(lang: str, clock: str) -> str:
    """Return the clock time `clock` ("08:00") as it is said in a sentence."""
    return time_name(lang, time.fromisoformat(clock))
