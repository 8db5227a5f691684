"""How a day and a time are said. Swahili counts the hours from dawn: 08:30 is "saa 2:30 asubuhi"."""

from datetime import date, datetime

from babel.dates import format_date

# Parts of the day by clock hour, as used in Kenya.
_PARTS = ((4, "usiku"), (12, "asubuhi"), (16, "mchana"), (19, "jioni"), (24, "usiku"))


def day_label(lang: str, day: date) -> str:
    """Return a short day: "Wed 25 Nov", "Jtt 25 Nov"."""
    return format_date(day, "EEE d MMM", locale=lang)


def day_name(lang: str, day: date) -> str:
    """Return a full day: "Wednesday 25 November"."""
    return format_date(day, "EEEE d MMMM", locale=lang)


def time_label(lang: str, when: datetime) -> str:
    """Return the time; in Swahili with the Swahili hour beside the clock, since the two are six hours apart."""
    return f"{when:%H:%M}" if lang == "en" else f"{when:%H:%M} (saa {swahili_time(when)})"


def swahili_time(when: datetime) -> str:
    """Return the hour as Swahili speakers say it, with the part of the day."""
    hour = (when.hour - 6) % 12 or 12
    part = next(name for before, name in _PARTS if when.hour < before)
    return f"{hour}:{when:%M} {part}" if when.minute else f"{hour} {part}"
