"""What turns are answered from: content, clinic, organisation. Made from the configuration once; only the content is renewed."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.config import WEEKDAYS, Config, span
from handlers.facts import Clinic, Fresh, Service
from knowledge_base.library import Library

Clock = Callable[[], datetime]

# Without letters and digits that are mistaken for one another when read aloud or from a cracked screen.
_CODE_SIGNS = "23456789ACDEFGHJKMNPQRTVWXY"


@dataclass(slots=True)
class World:
    """Content, clinic and names, and where the time comes from.

    `library` may be replaced at any moment, which takes one assignment: a turn reads it once, so that it sees the old content or
    the new, index and answers together, and never a mixture.
    """

    library: Library
    clinic: Clinic
    organisation: str
    opens: str
    now: Clock
    load_cap: int
    reply_minutes: int
    template: bool


def make(config: Config, library: Library, now: Clock | None = None) -> World:
    """Return the world that `config` describes, on the wall clock of its time zone unless `now` is given."""
    zone = ZoneInfo(config.organisation.timezone)
    return World(
        library=library,
        clinic=_clinic(config),
        organisation=config.organisation.name,
        opens=f"{config.desk.opens:%H:%M}",
        now=now or (lambda: datetime.now(zone)),
        load_cap=config.desk.load_cap,
        reply_minutes=config.desk.reply_minutes,
        template=bool(config.twilio.reply_template),
    )


def _clinic(config: Config) -> Clinic:
    section = config.clinic
    services = tuple(Service(s.id, {"en": s.en, "sw": s.sw}, s.minutes, s.seats) for s in section.services)
    hours = {WEEKDAYS.index(day): tuple(map(span, spans)) for day, spans in section.hours.items()}
    return Clinic(
        section.name,
        section.place,
        services,
        hours,
        frozenset(section.closed),
        prices={"en": section.prices_en, "sw": section.prices_sw},
        stock={"en": section.stock_en, "sw": section.stock_sw},
        pep_at_night=section.pep_at_night,
    )


def fresh() -> Fresh:
    """Return new random values: a code to show at reception and an id for a handover."""
    signs = [secrets.choice(_CODE_SIGNS) for _ in range(6)]
    return Fresh(f"{''.join(signs[:3])}-{''.join(signs[3:])}", secrets.token_hex(16))
