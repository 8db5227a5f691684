"""After WhatsApp's 24 hours: a counselor is told why words are refused, knocks once, and hears when the client answers."""

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from bot.store.conversations import Vault
from bot.store.database import Database
from handlers.effects import Knock, RaiseAlarm, RelayToCounselor, Reply, TakeHandover
from handlers.events import CounselorKnocked, CounselorSaid, CounselorTook
from handlers.facts import Case, Desk
from handlers.states import Idle, WaitingForCounselor, WithCounselor
from knowledge_base.library import Library
from tests.given import TAKEN, WAITING, Talk, facts
from tests.line import Line, Providers, open_line
from tests.talk import Counselor, Service

ASHA = "+254722000001"
TEMPLATE = "HX" + "0a" * 16
WORDS = "Una jibu. Tuma 1 kulisoma."


def late(case: Case = TAKEN, *, template: bool = True) -> Talk:
    """A WhatsApp client with a counselor, whose 24 hours are over."""
    known = facts("sw", case=case, desk=Desk(1, "08:00", template=template))
    client = replace(known.client, channel="whatsapp", window_open=False)
    state = WithCounselor(case.id) if case.counselor else WaitingForCounselor(case.id)
    return Talk(replace(known, client=client), state)


@pytest.mark.parametrize(("template", "reason"), [(True, "window-closed"), (False, "window-bare")])
def test_words_are_refused_with_the_reason(template: bool, reason: str) -> None:
    talk = late(template=template)
    assert talk.happens(CounselorSaid("Amani", "Habari ya leo?")) == ""
    assert talk.last.effects == (RaiseAlarm("case-1", reason),)


def test_whoever_takes_the_case_then_has_it_though_the_client_cannot_be_told() -> None:
    for event in (CounselorTook("Amani"), CounselorSaid("Amani", "Habari?")):
        talk = late(WAITING)
        assert talk.happens(event) == ""
        assert talk.of(TakeHandover) == [TakeHandover("case-1", "Amani")]
        assert talk.of(RaiseAlarm) == [RaiseAlarm("case-1", "window-closed")]
        assert isinstance(talk.state, WithCounselor)


def test_a_colleague_is_told_nothing_of_a_case_that_is_not_theirs() -> None:
    talk = late()
    for event in (CounselorSaid("Zuri", "Mimi pia."), CounselorTook("Zuri"), CounselorKnocked("Zuri")):
        talk.happens(event)
        assert talk.last.effects == ()


def test_the_counselor_knocks_once_and_the_client_answers_with_1() -> None:
    talk = late()
    talk.happens(CounselorKnocked("Amani"))
    assert talk.of(Knock) == [Knock("case-1")]
    talk.happens(CounselorKnocked("Amani"))
    assert talk.last.effects == (RaiseAlarm("case-1", "window-knocked"),)
    assert "Amani anaona kwamba uko hapa" in talk.says("1")
    assert talk.of(RelayToCounselor) == [RelayToCounselor("case-1", "Soma jibu langu")]
    assert talk.says("1") == ""


def test_other_words_answer_the_knock_as_well() -> None:
    talk = late()
    talk.happens(CounselorKnocked("Amani"))
    talk.says("niko hapa")
    assert talk.of(RelayToCounselor) == [RelayToCounselor("case-1", "niko hapa")]


def test_without_a_template_that_is_said() -> None:
    talk = late(template=False)
    talk.happens(CounselorKnocked("Amani"))
    assert talk.last.effects == (RaiseAlarm("case-1", "window-bare"),)


def test_nobody_knocks_at_an_open_window_or_at_a_closed_case() -> None:
    talk = Talk(facts(case=TAKEN), WithCounselor("case-1"))
    talk.happens(CounselorKnocked("Amani"))
    assert talk.last.effects == (RaiseAlarm("case-1", "window-open"),)
    over = Talk()
    over.happens(CounselorKnocked("Amani"))
    assert over.last.effects == ()
    assert over.state == Idle()


def test_an_answer_that_comes_after_the_counselor_left_calls_a_person() -> None:
    talk = late()
    talk.happens(CounselorKnocked("Amani"))
    talk.knows(case=WAITING)
    assert "Mshauri rika tayari ameitwa" in talk.taps("read")
    talk.knows(case=None)
    assert "Chaguo hilo limepita" in talk.taps("read")
    assert talk.of(Reply)


def test_an_old_tap_to_read_a_reply_breaks_no_silence() -> None:
    """Nobody has knocked: a counselor is talking, and the bot has nothing to say."""
    talk = Talk(facts(case=TAKEN), WithCounselor(TAKEN.id))
    assert talk.taps("read") == ""
    assert not talk.of(RelayToCounselor)


# The whole way


@pytest.fixture
async def templated(database: Database, vault: Vault, content: Library, around: Providers) -> AsyncIterator[Line]:
    """The service with a template that WhatsApp has approved."""
    around.twilio.world.templates[TEMPLATE] = WORDS
    async with open_line(database, vault, content, around, twilio={"reply_template": TEMPLATE}) as running:
        yield running


async def closed(line: Line) -> tuple[Counselor, str]:
    """A case that Amani has, and whose client wrote 25 hours ago."""
    service = Service(line.app, line.clock)
    amani = await service.counselor()
    await line.twilio.says(ASHA, "nataka kuongea na mtu", "whatsapp")
    await line.emptied()
    ((case),) = [card.id for card in await amani.queue()]
    await amani.takes(case)
    await line.emptied()
    line.clock.move(hours=25)
    return amani, case


async def knocks(line: Line, amani: Counselor, case: str) -> None:
    await amani.acts(case, CounselorKnocked("Amani"))
    await line.emptied()


async def test_one_tap_sends_the_template_and_the_clients_answer_opens_the_window(templated: Line) -> None:
    amani, case = await closed(templated)
    before = len(templated.twilio.phone(ASHA))
    await amani.says(case, "Habari ya leo?")
    await knocks(templated, amani, case)
    assert templated.twilio.phone(ASHA)[before:] == [WORDS]
    assert "Habari" not in "".join(await amani.reads(case))
    await templated.twilio.says(ASHA, "1", "whatsapp")
    await templated.emptied()
    assert (await amani.reads(case))[-1] == "client: Soma jibu langu"
    await amani.says(case, "Habari ya leo?")
    await templated.emptied()
    assert templated.twilio.phone(ASHA)[-1] == "Amani: Habari ya leo?"


async def test_a_knock_that_did_not_arrive_is_not_shown_as_sent(templated: Line) -> None:
    amani, case = await closed(templated)
    templated.twilio.unreachable(ASHA, 63024)
    await knocks(templated, amani, case)
    read = await amani.reads(case)
    assert read[-2:] == ['bot: "You have a reply" goes to the client', "bot: undelivered: the client cannot be reached"]
    assert await amani.delivery(case, "reply") == "failed"


async def test_a_knock_whose_outcome_is_unknown_is_not_repeated(templated: Line) -> None:
    amani, case = await closed(templated)
    templated.twilio.callbacks = "none"
    templated.twilio.fail_next("create", "server_error_after")
    await knocks(templated, amani, case)
    templated.clock.move(minutes=30)
    await templated.emptied()
    assert templated.twilio.phone(ASHA).count(WORDS) == 1
