"""What answers say of the organisation: the values of their placeholders, from its configuration."""

from collections.abc import Mapping
from datetime import time
from itertools import groupby

from babel.dates import get_day_names
from babel.lists import format_list

from handlers import clock
from handlers.facts import Facts
from handlers.texts import say
from knowledge_base import placeholders

# What a person can tell when we cannot. An organisation always has a name (`[organisation] name`).
_ASKED_OF_A_PERSON = ("clinic_hours", "clinic_place", "clinic_prices", "clinic_stock", "pep_at_night")

Spans = tuple[tuple[time, time], ...]


def filled(text: str, facts: Facts) -> str:
    """Return `text` of an entry as it is said to this client.

    A sentence about something that the organisation has not told us is left out, and the end says who knows it.
    """
    values, used = _values(facts), placeholders.names(text)
    unknown = [name for name in _ASKED_OF_A_PERSON if name in used and not values[name]]
    said = (placeholders.filled(text, values), *(say(facts.lang, f"not-told-{name}") for name in unknown))
    return "\n\n".join(filter(None, said))


def _values(facts: Facts) -> Mapping[str, str]:
    return {
        "organisation": facts.organisation,
        "clinic_hours": hours(facts.lang, facts.clinic.hours),
        "clinic_place": facts.clinic.place,
        "clinic_prices": facts.clinic.prices.get(facts.lang, ""),
        "clinic_stock": facts.clinic.stock.get(facts.lang, ""),
        "pep_at_night": facts.clinic.pep_at_night,
    }


def hours(lang: str, opened: Mapping[int, Spans]) -> str:
    """Return the opening hours as they are said in a sentence, days with equal hours together; "" when there are none."""
    days = sorted(day for day, spans in opened.items() if spans)
    runs = groupby(enumerate(days), key=lambda pair: (pair[1] - pair[0], opened[pair[1]]))
    return format_list([_run(lang, [day for _, day in run], spans) for (_, spans), run in runs], locale=lang)


def _run(lang: str, days: list[int], spans: Spans) -> str:
    names = get_day_names("wide", locale=lang)
    times = [_span(lang, *(clock.time_name(lang, end) for end in span)) for span in spans]
    return f"{_span(lang, names[days[0]], names[days[-1]])} {format_list(times, locale=lang)}"


def _span(lang: str, first: str, last: str) -> str:
    return first if first == last else say(lang, "from-to", first=first, last=last)
