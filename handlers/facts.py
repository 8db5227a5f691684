"""All that a handler may know. Gathered before the decision; time and fresh random values come in with it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time

from knowledge_base.library import Library


@dataclass(frozen=True, slots=True)
class Client:
    """The client as handlers know them: an alias, the channel, and what was remembered. `language` "" means not known yet;
    `chosen` means that the client asked for it, so that it is not guessed any more. `window_open` is False while WhatsApp
    lets through nothing but templates."""

    alias: str
    channel: str
    language: str = ""
    chosen: bool = False
    welcomed: bool = False
    stopped: bool = False
    window_open: bool = True


@dataclass(frozen=True, slots=True)
class Service:
    """Something the clinic does: `minutes` long, for `seats` clients at the same time."""

    id: str
    names: Mapping[str, str]
    minutes: int
    seats: int = 1


@dataclass(frozen=True, slots=True)
class Clinic:
    """Where and when: `hours` maps a weekday (Monday is 0) to its open spans, `closed` lists whole days off.

    `prices` (by language) and `pep_at_night` are said in answers; "" while the organisation has not told.
    """

    name: str
    place: str
    services: tuple[Service, ...] = ()
    hours: Mapping[int, tuple[tuple[time, time], ...]] = field(default_factory=dict)
    closed: frozenset[date] = frozenset()
    prices: Mapping[str, str] = field(default_factory=dict)
    pep_at_night: str = ""

    def service(self, service_id: str) -> Service | None:
        """Return the service, or None when it is no longer offered."""
        return next((service for service in self.services if service.id == service_id), None)


@dataclass(frozen=True, slots=True)
class Appointment:
    """A seat this client has taken; `code` is what reception asks for."""

    id: str
    slot: str
    code: str


@dataclass(frozen=True, slots=True)
class Hours:
    """The hours of an open handover, in epoch seconds.

    The present wait or talk began at `since`; in the present wait there were `rounds` of alerts, the last one at `alerted`;
    somebody has `seen` it, or a `second` person was told. The client's words are unanswered since `owed`; somebody wrote
    last at `spoke`. `left`: the counselor is no longer on shift.
    """

    since: float = 0.0
    rounds: int = 0
    alerted: float | None = None
    seen: bool = False
    second: bool = False
    owed: float | None = None
    spoke: float = 0.0
    left: bool = False


@dataclass(frozen=True, slots=True)
class Case:
    """The client's open handover. `counselor` is "" while nobody has taken it."""

    id: str
    reason: str
    counselor: str = ""
    hours: Hours = Hours()


@dataclass(frozen=True, slots=True)
class Former:
    """The counselor of the client's last handover, and when it was closed (epoch seconds)."""

    counselor: str
    closed: float


@dataclass(frozen=True, slots=True)
class Desk:
    """Who is there besides the counselor who is talking: how many are on shift, and when somebody will be if nobody is
    ("08:00").

    `away` are the members of staff who can take nothing now: not on shift, in a pause, or with enough cases.
    `template` tells whether WhatsApp has one that says "you have a reply".
    """

    on_shift: int
    opens: str
    away: frozenset[str] = frozenset()
    reply_minutes: int = 10
    template: bool = False


@dataclass(frozen=True, slots=True)
class Fresh:
    """New random values, in case the decision needs them."""

    code: str
    handover: str


@dataclass(frozen=True, slots=True)
class Facts:
    """What the world looks like at `now` (aware, in the clinic's time zone)."""

    now: datetime
    client: Client
    library: Library
    clinic: Clinic
    desk: Desk
    fresh: Fresh
    organisation: str
    taken: Mapping[str, int] = field(default_factory=dict)
    appointments: tuple[Appointment, ...] = ()
    case: Case | None = None
    former: Former | None = None

    @property
    def lang(self) -> str:
        """The language to speak now; English until anything else is known."""
        return self.client.language or "en"

    @property
    def counselor(self) -> str:
        """The alias of the counselor who is talking; "" while none is."""
        return self.case.counselor if self.case else ""
