"""Staff: logins, sessions that end by themselves, and guessing that gets slower."""

import asyncio
from datetime import timedelta

import pytest
import sqlalchemy as sa

from bot.channels import Arrival, Thread
from bot.console.throttle import CROWD, LOGINS, LONGEST_SECONDS, MEMORY, ROOM, Busy, Throttle
from bot.staff import IDLE, MINIMUM_LENGTH, SESSION, Staff, StaffProblem
from bot.store import roster
from bot.store.conversations import Vault
from bot.store.database import Database
from bot.store.tables import staff as staff_rows
from bot.store.tables import staff_sessions
from handlers.events import CounselorClosed, CounselorSaid, CounselorTook, Said
from tests.talk import MORNING

PASSPHRASE = "a long passphrase"


@pytest.fixture
async def staff(database: Database) -> Staff:
    """Staff with one counselor."""
    members = Staff(database)
    await members.add("amani", "Amani", PASSPHRASE)
    return members


async def _session(staff: Staff) -> str:
    token = await staff.login("amani", PASSPHRASE, MORNING)
    assert token
    return token


async def test_a_session_belongs_to_whom_logged_in(staff: Staff) -> None:
    token = await _session(staff)
    member = await staff.member(token, MORNING)
    assert member
    assert (member.alias, member.role) == ("Amani", "counselor")
    assert await staff.member(token + "x", MORNING) is None
    assert await staff.member("", MORNING) is None


async def test_neither_a_wrong_passphrase_nor_an_unknown_login_gets_a_session(staff: Staff) -> None:
    for login, passphrase in (("amani", "a wrong passphrase"), ("nobody", PASSPHRASE), ("", ""), ("AMANI", PASSPHRASE)):
        assert await staff.login(login, passphrase, MORNING) is None


async def test_what_is_stored_opens_nothing(staff: Staff, database: Database) -> None:
    token = await _session(staff)
    rows = await database.read(lambda conn: conn.execute(sa.select(staff_sessions)).all())
    hashed = await database.read(lambda conn: conn.execute(sa.select(staff_rows.c.password_hash)).scalar())
    assert token not in repr(rows)
    assert str(hashed).startswith("$argon2id$v=19$m=65536,t=3,p=1$")


async def test_a_session_ends_after_a_quarter_of_an_hour_without_a_hand(staff: Staff) -> None:
    token = await _session(staff)
    almost = MORNING + IDLE - timedelta(seconds=1)
    assert await staff.member(token, almost, quiet=True)
    assert await staff.member(token, MORNING + IDLE) is None


async def test_who_works_stays_logged_in_but_not_beyond_twelve_hours(staff: Staff) -> None:
    token = await _session(staff)
    now = MORNING
    while now + timedelta(minutes=10) < MORNING + SESSION:
        now += timedelta(minutes=10)
        assert await staff.member(token, now)
    assert await staff.member(token, MORNING + SESSION) is None


async def test_a_page_that_refreshes_itself_keeps_no_session_alive(staff: Staff) -> None:
    token = await _session(staff)
    for minute in range(15):
        assert await staff.member(token, MORNING + timedelta(minutes=minute), quiet=True)
    assert await staff.member(token, MORNING + IDLE, quiet=True) is None


async def test_a_session_that_was_ended_stays_ended(staff: Staff) -> None:
    token, other = await _session(staff), await _session(staff)
    await staff.logout(token)
    assert await staff.member(token, MORNING) is None
    assert await staff.member(other, MORNING)


async def test_old_sessions_are_forgotten_at_the_next_login(staff: Staff, database: Database) -> None:
    await _session(staff)
    assert await staff.login("amani", PASSPHRASE, MORNING + IDLE)
    count = sa.select(sa.func.count()).select_from(staff_sessions)
    assert await database.read(lambda conn: conn.execute(count).scalar()) == 1


async def test_a_short_passphrase_and_a_taken_name_are_refused_with_the_remedy(staff: Staff) -> None:
    with pytest.raises(StaffProblem, match=f"at least {MINIMUM_LENGTH}"):
        await staff.add("zuri", "Zuri", "short")
    for login, alias in (("amani", "Zuri"), ("zuri", "Amani")):
        with pytest.raises(StaffProblem, match="choose another"):
            await staff.add(login, alias, PASSPHRASE)
    with pytest.raises(StaffProblem, match="counselor or lead"):
        await staff.add("zuri", "Zuri", PASSPHRASE, "boss")
    with pytest.raises(StaffProblem, match="at most 24"):
        await staff.add("zuri", "Zuri", PASSPHRASE, team="x" * 25)


async def test_a_shift_begins_and_ends(staff: Staff, database: Database) -> None:
    member = await staff.member(await _session(staff), MORNING)
    assert member

    async def on_shift() -> list[bool]:
        return [one.on_shift for one in await database.read(roster.people)]

    assert await on_shift() == [False]
    await staff.shift(member, MORNING, on=True)
    assert await on_shift() == [True]
    await staff.shift(member, MORNING, on=False)
    assert await on_shift() == [False]


async def test_clients_never_see_an_account_only_an_alias(staff: Staff, vault: Vault) -> None:
    await staff.link("amani", 501, vault.keyring)
    for event in (CounselorSaid("tg:501", "Pole."), CounselorTook("tg:501"), CounselorClosed("tg:501")):
        known = await staff.with_alias(Arrival("telegram", "1", Thread(7), event), vault.keyring)
        assert getattr(known.event, "counselor", "") == "Amani"
    stranger = await staff.with_alias(Arrival("telegram", "1", Thread(7), CounselorTook("tg:12345")), vault.keyring)
    assert stranger.event == CounselorTook("Counselor")
    said = Arrival("telegram", "1", Thread(7), Said("hello"))
    assert await staff.with_alias(said, vault.keyring) is said


class Pauses:
    """Notes how long somebody had to wait, without waiting."""

    def __init__(self) -> None:
        self.seconds: list[float] = []

    async def __call__(self, seconds: float) -> None:
        """Wait."""
        self.seconds.append(seconds)


async def _wrong() -> str | None:
    return None


async def _right() -> str | None:
    return "token"


async def test_each_wrong_try_doubles_the_wait_up_to_a_limit_and_nobody_is_locked_out() -> None:
    pauses = Pauses()
    throttle = Throttle(pauses)
    for _ in range(8):
        assert await throttle.attempt("amani", MORNING, _wrong) is None
    assert await throttle.attempt("amani", MORNING, _right) == "token"
    assert pauses.seconds == [1, 2, 4, 8, 16, 32, LONGEST_SECONDS, LONGEST_SECONDS]
    assert await throttle.attempt("amani", MORNING, _right) == "token"
    assert len(pauses.seconds) == 8


async def test_wrong_tries_are_forgotten_after_a_while() -> None:
    pauses = Pauses()
    throttle = Throttle(pauses)
    await throttle.attempt("amani", MORNING, _wrong)
    await throttle.attempt("amani", MORNING + MEMORY + timedelta(seconds=1), _right)
    assert pauses.seconds == []


async def test_guessing_at_many_logins_slows_all_of_them_down() -> None:
    pauses = Pauses()
    throttle = Throttle(pauses)
    for number in range(2 * CROWD):
        await throttle.attempt(f"guess-{number}", MORNING, _wrong)
    await throttle.attempt("amani", MORNING, _right)
    assert pauses.seconds == [*[1.0] * CROWD, 2.0]


async def test_tries_at_one_login_queue_up_and_a_crowd_is_sent_away() -> None:
    gate = asyncio.Event()
    running = 0

    async def slow() -> str | None:
        nonlocal running
        running += 1
        assert running == 1, "two tries at one login at the same time"
        await gate.wait()
        running -= 1
        return None

    throttle = Throttle(Pauses())
    tries = [asyncio.create_task(throttle.attempt("amani", MORNING, slow)) for _ in range(ROOM)]
    await asyncio.sleep(0)
    with pytest.raises(Busy):
        await throttle.attempt("amani", MORNING, slow)
    gate.set()
    assert await asyncio.gather(*tries) == [None] * ROOM


async def test_the_throttle_remembers_so_many_logins_and_no_more() -> None:
    pauses = Pauses()
    throttle = Throttle(pauses)
    await throttle.attempt("amani", MORNING, _wrong)
    for number in range(LOGINS):
        await throttle.attempt(f"somebody-{number}", MORNING, _right)
    await throttle.attempt("amani", MORNING, _right)
    assert pauses.seconds == []
