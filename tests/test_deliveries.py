"""WhatsApp and SMS over Twilio: menus by number, and what its delivery reports change."""

import asyncio
import random
from typing import Any

import pytest
import sqlalchemy as sa
from twilio.request_validator import RequestValidator

from bot.channels.twilio_hooks import StatusUpdate
from bot.deliveries import Deliveries
from bot.store import cases
from bot.store.tables import outbox
from tests.line import PUBLIC, Line
from tests.talk import Counselor, Service, code_in
from tests.wires.faults import Kind
from tests.wires.server import post
from tests.wires.twilio import TOKEN

ASHA, MUSA = "+254722000001", "+254722000002"


async def said(line: Line, number: str, text: str, channel: Any = "whatsapp") -> list[str]:
    """Write; return what arrives on the phone."""
    before = len(line.twilio.phone(number, channel))
    await line.twilio.says(number, text, channel)
    await line.emptied()
    return line.twilio.phone(number, channel)[before:]


async def rows(line: Line) -> list[Any]:
    return list(await line.app.database.read(lambda conn: conn.execute(sa.select(outbox).order_by(outbox.c.id)).all()))


@pytest.mark.parametrize("channel", ["whatsapp", "sms"])
async def test_a_booking_by_numbers(wired: Line, channel: str) -> None:
    await said(wired, ASHA, "hello", channel)
    assert "1 HIV test" in (await said(wired, ASHA, "book", channel))[0]
    assert "1 Wed 4 Mar" in (await said(wired, ASHA, "1", channel))[0]
    assert "Later times" in (await said(wired, ASHA, "1", channel))[0]
    assert "Shall I book it?" in (await said(wired, ASHA, "2", channel))[0]
    assert code_in((await said(wired, ASHA, "1", channel))[0])


async def test_one_number_on_whatsapp_and_on_sms_are_two_conversations(wired: Line) -> None:
    await said(wired, ASHA, "book", "whatsapp")
    assert "1 Wed" not in "".join(await said(wired, ASHA, "1", "sms"))
    assert await wired.conversation("whatsapp", ASHA) != await wired.conversation("sms", ASHA)


@pytest.mark.parametrize("order", ["in_order", "reversed", "duplicate", "none"])
async def test_reports_only_ever_go_forward(wired: Line, order: Any) -> None:
    wired.twilio.callbacks = order
    await said(wired, ASHA, "hello")
    expected = None if order == "none" else "read"
    assert {(row.status, row.delivery) for row in await rows(wired)} == {("sent", expected)}
    assert {status for _, status in wired.twilio.reported} <= {204}


async def test_reports_in_any_order_end_at_the_furthest(wired: Line) -> None:
    await said(wired, ASHA, "hello")
    row = (await rows(wired))[0]
    deliveries = Deliveries(wired.app.database, wired.app.vault, wired.app.inbox)
    for seed in range(20):
        await wired.app.database.run(lambda conn: conn.execute(outbox.update().values(delivery=None)))
        reports = ["queued", "accepted", "sending", "sent", "delivered", "sent", "read", "delivered"]
        random.Random(seed).shuffle(reports)
        await asyncio.gather(*(deliveries.apply(StatusUpdate(row.uid, "SM1", report)) for report in reports))
        assert (await rows(wired))[0].delivery == "read"


async def test_a_report_about_nothing_we_know_changes_nothing(wired: Line) -> None:
    await said(wired, ASHA, "hello")
    before = await rows(wired)
    for reference in ("unknown", "unknown.0", ".", before[0].uid[:-1]):
        url, form = f"{PUBLIC}/twilio/status?ref={reference}", {"MessageSid": "SM1", "MessageStatus": "failed"}
        signature = RequestValidator(TOKEN).compute_signature(url, form)
        answer = await post(url.replace(PUBLIC, wired.address), {"X-Twilio-Signature": signature}, data=form)
        assert answer.status == 204
    assert await rows(wired) == before


AMBIGUOUS: tuple[Kind, ...] = ("server_error_after", "drop_after")


@pytest.mark.parametrize("fault", AMBIGUOUS)
async def test_a_report_settles_an_unknown_outcome_before_the_next_attempt(wired: Line, fault: Kind) -> None:
    wired.twilio.fail_next("create", fault)
    await wired.twilio.says(ASHA, "what is prep")
    await wired.until(lambda: len(wired.twilio.phone(ASHA)) == 2)
    await wired.quiet()
    assert len(wired.twilio.called("create")) == 2
    assert len({*wired.twilio.phone(ASHA)}) == 2
    assert {(row.status, row.delivery, row.attempts) for row in await rows(wired)} == {("sent", "read", 1)}


async def test_without_a_report_the_next_attempt_comes_after_20_seconds(wired: Line) -> None:
    wired.twilio.callbacks = "none"
    wired.twilio.fail_next("create", "server_error_after")
    await wired.twilio.says(ASHA, "what is prep")
    await wired.quiet()
    assert len(wired.twilio.called("create")) == 1
    wired.clock.move(seconds=19)
    await wired.quiet()
    assert len(wired.twilio.called("create")) == 1
    wired.clock.move(seconds=1)
    await wired.quiet()
    first, again, welcome = wired.twilio.phone(ASHA)
    assert first == again
    assert welcome != first


async def test_a_report_on_the_first_part_does_not_speak_for_the_rest(wired: Line) -> None:
    counselor = await taken(wired)
    wired.twilio.faults.add("create", "server_error_before", 0)
    long = " ".join(f"word{number}" for number in range(400))
    wired.twilio.world.messages.clear()
    before = len(wired.twilio.phone(ASHA))
    fail_second(wired)
    await counselor.says(counselor.case, long)
    await wired.quiet()
    (row,) = [row for row in await rows(wired) if row.status != "sent"]
    assert row.status == "ready"
    wired.clock.move(seconds=20)
    await wired.quiet()
    arrived = "".join(wired.twilio.phone(ASHA)[before:])
    assert "word399" in arrived
    assert (await rows(wired))[-1].status == "sent"


def fail_second(line: Line) -> None:
    """Let the second of the next two messages fail for sure."""
    take = line.twilio.faults.take
    seen: list[str] = []

    def second(operation: str) -> Any:
        seen.append(operation)
        return "server_error_before" if len(seen) == 2 else take(operation)

    line.twilio.faults.take = second  # type: ignore[method-assign]  # broken on purpose


class AtConsole(Counselor):
    """A counselor with her case."""

    case = ""


async def taken(line: Line, channel: Any = "whatsapp") -> AtConsole:
    """Let a client ask for a person, and a counselor take it."""
    service = Service(line.app, line.clock)
    await service.counselor()
    await said(line, ASHA, "talk to a person", channel)
    amani = AtConsole(service, "Amani")
    ((amani.case),) = [card.id for card in await amani.queue()]
    await amani.takes(amani.case)
    await line.quiet()
    return amani


async def test_outside_the_window_words_are_refused_with_the_reason_and_without_asking_twilio(wired: Line) -> None:
    amani = await taken(wired)
    calls = len(wired.twilio.calls)
    wired.clock.move(hours=25)
    await amani.says(amani.case, "Habari ya leo?")
    await wired.quiet()
    assert len(wired.twilio.calls) == calls
    read = await amani.reads(amani.case)
    assert "the 24 hours of WhatsApp are over, and no template is set up" in read[-1]
    assert not any("Habari" in one for one in read)


async def test_words_on_their_way_when_the_window_closes_are_shown_as_not_arrived(wired: Line) -> None:
    amani = await taken(wired)
    wired.clock.move(hours=23, minutes=50)
    wired.twilio.fail_next("create", "server_error_before")
    await amani.says(amani.case, "Habari ya leo?")
    await wired.quiet()
    wired.clock.move(minutes=20)
    await wired.quiet()
    assert (await amani.reads(amani.case))[-1] == "bot: undelivered: the 24 hours of WhatsApp are over"
    assert await delivery(wired, amani.case) == "failed"


async def test_63016_by_report_is_told_to_the_counselor_once(wired: Line) -> None:
    """Twilio may see the window closed where we do not, and says so only after taking the message."""
    amani = await taken(wired)
    wired.twilio.callbacks = "duplicate"
    wired.twilio.unreachable(ASHA, 63016)
    await amani.says(amani.case, "Habari ya leo?")
    await wired.quiet()
    told = [one for one in await amani.reads(amani.case) if "undelivered" in one]
    assert told == ["bot: undelivered: the 24 hours of WhatsApp are over"]
    assert await delivery(wired, amani.case) == "failed"


async def delivery(line: Line, case: str) -> str:
    """What the counselor sees behind her last words."""
    lines = await line.app.database.read(lambda conn: list(cases.lines(conn, line.app.vault, case, 0)))
    return [one for one in lines if one.author == "counselor"][-1].delivery


@pytest.mark.parametrize("told", ["now", "later"])
async def test_a_client_who_is_gone_is_told_to_the_counselor(wired: Line, told: str) -> None:
    amani = await taken(wired, "sms")
    if told == "now":
        wired.twilio.opts_out(ASHA)
    else:
        wired.twilio.unreachable(ASHA, 30005, "sms")
    await amani.says(amani.case, "Habari ya leo?")
    await wired.quiet()
    assert (await amani.reads(amani.case))[-1] == "bot: undelivered: the client cannot be reached"


async def test_a_lost_answer_of_the_bot_itself_needs_nobody_and_changes_no_state(wired: Line) -> None:
    await said(wired, ASHA, "book")
    wired.twilio.unreachable(ASHA, 63016)
    await said(wired, ASHA, "1")
    del wired.twilio.world.unreachable[f"whatsapp:{ASHA}"]
    assert "Shall I book it?" in "".join([*await said(wired, ASHA, "1"), *await said(wired, ASHA, "1")])
