"""A simulated week: clients who ask for a person at any hour, and counselors as people are, on a clock of its own.

Shifts with hours in which nobody is there, people who go offline in the middle, who forget to end a shift, who pass a case
on; and a service that stops again and again, sometimes with a message in hand. What must hold is looked at every minute.
"""

import random
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from statistics import quantiles

import sqlalchemy as sa
from sqlalchemy import Connection

from bot.arrivals import receive
from bot.channels import Address, Arrival
from bot.staff import Staff
from bot.store import alerts, cases, claims, handovers, roster
from bot.store.roster import Person
from bot.store.tables import alerts as alert_rows
from bot.store.tables import handover_messages
from bot.store.tables import handovers as handover_rows
from handlers.events import Said
from handlers.facts import Case
from tests.talk import MORNING, Client, Counselor, Service

ASKING = (
    "talk to a person",
    "nataka kuongea na mtu",
    "nimechoka na maisha nataka kuisha tu",
    "he is blackmailing me with my photos",
)
# Hours at which shifts begin; between 23:00 and 6:00 nobody is there.
STARTS = (6, 9, 12, 15)
SHIFT_HOURS = 8
ANSWERS = 4

Running = Callable[[], AbstractAsyncContextManager[Service]]


@dataclass
class Human:
    """A counselor: when the shift began, and until when they do not look at the screen."""

    id: str
    alias: str
    began: datetime | None = None
    offline: datetime = MORNING
    answered: dict[str, int] = field(default_factory=dict)
    numbers: "count[int]" = field(default_factory=count)


@dataclass
class Figures:
    """What came of it. Times are in seconds."""

    asked: dict[str, float] = field(default_factory=dict)
    told: dict[str, float] = field(default_factory=dict)
    late: set[str] = field(default_factory=set)
    off_shift: set[str] = field(default_factory=set)
    over_cap: set[str] = field(default_factory=set)
    missed: int = 0
    restarts: int = 0
    replied: dict[str, float] = field(default_factory=dict)
    unclosed: int = 0

    @property
    def lost(self) -> set[str]:
        """The handovers to which no person ever answered."""
        return self.asked.keys() - self.replied.keys()

    def __str__(self) -> str:
        """The figures in one paragraph."""
        alert = [self.told[case] - at for case, at in self.asked.items() if case in self.told]
        reply = [self.replied[case] - at for case, at in self.asked.items() if case in self.replied]
        return (
            f"{len(self.asked)} handovers, {self.restarts} restarts, {self.missed} times somebody did not answer in time: "
            f"older than 30 minutes without an alert {len(self.late)}, assigned to somebody off shift {len(self.off_shift)}, "
            f"lost {len(self.lost)}; time to alert p50 {_minutes(alert, 50)} p90 {_minutes(alert, 90)} min, "
            f"to the first human reply p50 {_minutes(reply, 50)} p90 {_minutes(reply, 90)} min (nights without anybody included)"
        )


def _minutes(seconds: list[float], percent: int) -> str:
    return f"{quantiles(seconds, n=100, method='inclusive')[percent - 1] / 60:.1f}"


@dataclass
class Week:
    """The simulation: `people` counselors and `handovers` requests in `days` days, one more day to finish."""

    running: Running
    people: int
    handovers: int
    days: int
    restarts: int
    dice: random.Random = field(default_factory=lambda: random.Random(11))
    figures: Figures = field(default_factory=Figures)
    humans: list[Human] = field(default_factory=list)
    clients: dict[str, Client] = field(default_factory=dict)

    async def run(self) -> Figures:
        """Let the days pass; return the figures."""
        end = MORNING + timedelta(days=self.days + 1)
        minutes = self.days * 24 * 60
        arrivals = sorted(self.dice.sample(range(minutes), self.handovers))
        stops = sorted(self.dice.sample(range(minutes), self.restarts))
        at = MORNING
        while at < end:
            stop = MORNING + timedelta(minutes=stops.pop(0)) if stops else end
            async with self.running() as line:
                line.clock.at = at
                await self._start(line)
                while line.clock.at < min(stop, end):
                    await self._minute(line, arrivals)
                at = await self._stop(line, arrivals) if stop < end else end
        async with self.running() as line:
            await self._count(line)
        return self.figures

    async def _start(self, line: Service) -> None:
        """What waits from before is handled, as at each start."""
        if not self.humans:
            await self._hire(line)
        for conversation in await line.app.database.read(claims.waiting_conversations):
            line.app.inbox.wake(conversation)
        await line.settle()
        self.clients = {name: Client(line, name, one.seen, one.numbers) for name, one in self.clients.items()}

    async def _hire(self, line: Service) -> None:
        members = Staff(line.app.database)
        for number in range(self.people):
            role = "lead" if number % 10 == 0 else "counselor"
            await members.add(f"login-{number}", f"Person{number:02}", "a long passphrase", role)
        known = await line.app.database.read(roster.people)
        self.humans = [Human(one.id, one.alias) for one in known]

    async def _stop(self, line: Service, arrivals: list[int]) -> datetime:
        """Stop with a message in hand: it is written down, and nobody has looked at it. Return when it goes on."""
        if arrivals:
            arrivals.pop()
            name = f"client-{len(self.clients)}"
            self.clients[name] = Client(line, name)
            arrival = Arrival("web", f"{name}:stop", Address("web", name), Said(ASKING[0]))
            now = line.clock.at
            await line.app.database.run(lambda conn: receive(conn, line.app.vault, [arrival], now))
        self.figures.restarts += 1
        return line.clock.at + timedelta(minutes=self.dice.randint(1, 45))

    async def _minute(self, line: Service, arrivals: list[int]) -> None:
        line.clock.move(minutes=1)
        elapsed = (line.clock.at - MORNING).total_seconds() / 60
        while arrivals and arrivals[0] <= elapsed:
            arrivals.pop(0)
            await self._asks(line)
        while await line.app.timers.once():
            await line.settle()
        await self._watch(line)
        for human in self.humans:
            await self._keeps_hours(line, human)
        await self._work(line)

    async def _asks(self, line: Service) -> None:
        client = await self._returning(line) or Client(line, f"client-{len(self.clients)}")
        self.clients[client.token] = client
        await client.says(self.dice.choice(ASKING))

    async def _returning(self, line: Service) -> Client | None:
        """Now and then somebody comes back whose case is closed."""
        if not self.clients or self.dice.random() > 0.15:
            return None
        client = self.dice.choice(list(self.clients.values()))

        def has_case(conn: Connection) -> bool:
            conversation = line.app.vault.find(conn, Address("web", client.token))
            return bool(conversation and handovers.of_client(conn, conversation))

        return None if await line.app.database.read(has_case) else client

    async def _watch(self, line: Service) -> None:
        """Look at every open handover: is it told of, and has somebody it who is there?"""
        found, people, told = await line.app.database.read(_all)
        now, by_alias = line.clock.at.timestamp(), {one.alias: one for one in people}
        for case in found:
            self.figures.asked.setdefault(case.id, case.hours.since)
            if case.id in told or case.counselor:
                self.figures.told.setdefault(case.id, told.get(case.id, now))
            if not case.counselor and now - case.hours.since > 30 * 60 and case.hours.rounds < 4:
                self.figures.late.add(case.id)
            if case.counselor and not by_alias[case.counselor].on_shift:
                self.figures.off_shift.add(case.id)
        self.figures.over_cap |= {one.alias for one in people if one.load > line.app.world.load_cap}

    async def _keeps_hours(self, line: Service, human: Human) -> None:
        """Come and go: most end the shift themselves, some just leave."""
        now = line.clock.at
        if human.began is None:
            if now.minute == 0 and now.hour in STARTS and self.dice.random() < 0.4:
                human.began, human.offline = now, now
                await self._shift(line, human, on=True)
        elif now >= human.began + timedelta(hours=SHIFT_HOURS):
            human.began, human.offline = None, now + timedelta(days=1)
            if self.dice.random() < 0.8:
                await self._shift(line, human, on=False)
        elif self.dice.random() < 0.003:
            human.offline = now + timedelta(minutes=self.dice.randint(5, 90))

    async def _shift(self, line: Service, human: Human, *, on: bool) -> None:
        """Begin or end a shift, as the console does it."""
        now = line.clock.at.timestamp()
        await line.app.database.run(lambda conn: roster.set_shift(conn, human.id, now, on=on))
        for case in [] if on else await line.app.database.read(lambda conn: cases.of_counselor(conn, human.id)):
            await Counselor(line, human.alias, human.numbers).passes(case)

    async def _work(self, line: Service) -> None:
        there = [human for human in self.humans if human.began and human.offline <= line.clock.at]
        cards = await line.app.database.read(cases.queue)
        if not cards:
            return
        people = {one.id: one for one in await line.app.database.read(roster.people)}
        self.dice.shuffle(there)
        for human in there:
            await self._look(line, human, people[human.id], cards)

    async def _look(self, line: Service, human: Human, person: Person, cards: list[cases.Card]) -> None:
        """One look at the console."""
        if person.paused:
            self.figures.missed += 1
            await line.app.database.run(lambda conn: roster.set_paused(conn, human.id, paused=False))
        now = line.clock.at.timestamp()
        await line.app.database.run(lambda conn: alerts.seen(conn, human.id, now))
        console = Counselor(line, human.alias, human.numbers)
        for card in cards:
            if card.counselor == human.id and self.dice.random() < 0.5:
                await self._answers(line, human, console, card)
        waiting = [card for card in await console.queue() if not card.counselor]
        if waiting and self.dice.random() < 0.3:
            await console.takes(waiting[0].id)

    async def _answers(self, line: Service, human: Human, console: Counselor, card: cases.Card) -> None:
        """Answer; after some answers the talk is over, and now and then somebody else goes on with it."""
        said = human.answered.get(card.id, 0) + 1
        human.answered[card.id] = said
        if said > ANSWERS:
            await console.closes(card.id)
        elif self.dice.random() < 0.05:
            await console.passes(card.id, note="Endelea tafadhali.")
        else:
            await console.says(card.id, "Karibu, niko hapa.")
            self.figures.replied.setdefault(card.id, line.clock.at.timestamp())
            await self._client_of(line, card)

    async def _client_of(self, line: Service, card: cases.Card) -> None:
        """The client writes back, more often than not."""
        if self.dice.random() < 0.7:
            said = Said("asante, bado nina swali")
            arrival = Arrival("test", f"{card.id}:{self.dice.random()}", card.id, said)
            await line.arrives(arrival)

    async def _count(self, line: Service) -> None:
        """Count what came of all: by the rows, not by what we believe to have done."""
        query = sa.select(handover_rows.c.id, handover_rows.c.opened_at, handover_rows.c.status)
        rows = (await line.app.database.read(lambda conn: conn.execute(query).all())) or []
        self.figures.asked = {row.id: row.opened_at for row in rows}
        self.figures.unclosed = sum(row.status != "closed" for row in rows)
        spoken = sa.select(handover_messages.c.handover_id).where(handover_messages.c.author == "counselor")
        answered = set(await line.app.database.read(lambda conn: conn.scalars(spoken).all()))
        self.figures.replied = {case: at for case, at in self.figures.replied.items() if case in answered}


def _all(conn: Connection) -> tuple[list[Case], list[Person], dict[str, float]]:
    """Return the open handovers, the people, and since when somebody knows of each handover."""
    first = sa.select(alert_rows.c.handover_id, sa.func.min(alert_rows.c.raised_at)).group_by(alert_rows.c.handover_id)
    told = {row[0]: row[1] for row in conn.execute(first)}
    return [case for _, case in handovers.every(conn)], roster.people(conn), told


async def proved(running: Running, *, people: int, handovers: int, days: int, restarts: int) -> None:
    """Simulate so many people, handovers, days and restarts: nobody is forgotten, and nobody gets what is not theirs."""
    figures = await Week(running, people=people, handovers=handovers, days=days, restarts=restarts).run()
    print(f"\n{figures}")
    assert len(figures.asked) == handovers
    assert figures.asked.keys() == figures.told.keys()
    assert figures.late == set()
    assert figures.off_shift == set()
    assert figures.over_cap == set()
    assert figures.lost == set()
    assert figures.unclosed == 0
    assert figures.restarts == restarts
