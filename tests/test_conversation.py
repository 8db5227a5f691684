"""Whole conversations over the real inbox, turn, outbox and store, on SQLite and PostgreSQL."""

from tests.talk import Service, code_in


async def test_a_broken_condom_gets_the_72_hours_first_and_the_welcome_once(line: Service) -> None:
    client = line.client()
    answers = await client.says("condom imepasuka jana usiku nifanye nini")
    assert "72" in answers[0]
    assert "0 Ongea na mtu" in answers[0]
    assert "Msiri" in answers[1]
    assert len(answers) == 2
    again = await client.says("condom imepasuka jana usiku nifanye nini")
    assert len(again) == 1


async def test_a_first_question_is_answered_first(line: Service) -> None:
    answers = await line.client().says("how long after sex can i test for hiv")
    assert "0 Talk to a person" in answers[0]
    assert "demo organisation" in answers[1]


async def test_a_booking_ends_with_a_code_and_no_name(line: Service) -> None:
    client = line.client()
    await client.says("hello")
    services = await client.says("book")
    assert "1 HIV test" in services[0]
    days = await client.says("1")
    assert "1 Wed 4 Mar" in days[0]
    times = await client.says("1")
    assert "1 09:30" in times[0]
    assert "Later times" in times[0]
    confirm = await client.says("1")
    assert "Shall I book it?" in confirm[0]
    done = await client.says("yes")
    assert code_in(done[0])


async def test_a_booking_can_be_moved_and_cancelled(line: Service) -> None:
    client = line.client()
    await _booked(client)
    shown = await client.says("my bookings")
    assert "1 Change the time" in shown[0]
    await client.says("1")
    await client.says("1")
    await client.says("2")
    moved = await client.says("yes")
    assert "The old time is free again" in moved[0]
    await client.says("my bookings")
    assert "is cancelled" in (await client.says("2"))[0]
    assert "no visit" in (await client.says("my bookings"))[0]


async def test_two_clients_who_take_the_last_place_at_once_share_nothing(line: Service) -> None:
    first, second = line.client(), line.client()
    for client in (first, second):
        for said in ("hello", "book", "2", "1", "1"):
            await client.says(said)
    assert code_in((await first.says("yes"))[0])
    refused = await second.says("yes")
    assert "Somebody just took that time" in refused[0]
    assert "1 10:00" in refused[0]


async def test_back_goes_one_step_back_and_then_to_the_menu(line: Service) -> None:
    client = line.client()
    for said in ("hello", "book", "1", "1", "1"):
        await client.says(said)
    assert "which time" in (await client.says("back"))[0]
    assert "which day" in (await client.says("back"))[0]
    assert "What is the visit for" in (await client.says("back"))[0]
    assert "Ask me anything" in (await client.says("back"))[0]


async def test_a_person_is_asked_for_answers_and_closes(line: Service) -> None:
    client, amani = line.client(), await line.counselor()
    called = await client.says("talk to a person")
    assert "on shift" in called[0]
    (card,) = await amani.queue()
    await amani.takes(card.id)
    assert "Amani is here now" in (await client.reads())[0]
    assert await client.says("naogopa sana") == []
    assert "client: naogopa sana" in await amani.reads(card.id)
    await amani.says(card.id, "Pole. Niko hapa.")
    assert await client.reads() == ["Amani: Pole. Niko hapa."]
    await amani.closes(card.id)
    assert "amemaliza maongezi" in (await client.reads())[0]
    assert await amani.queue() == []


async def test_while_a_person_talks_the_bot_is_silent_but_for_safety_menu_and_stop(line: Service) -> None:
    client, amani = line.client(), await line.counselor()
    await client.says("talk to a person")
    (card,) = await amani.queue()
    await amani.takes(card.id)
    await client.reads()
    assert await client.says("what is prep") == []
    assert await client.says("help") == []
    assert "1199" in (await client.says("i want to kill myself"))[0]
    assert "You are talking to Amani" in (await client.says("menu"))[0]
    assert "not write to you again" in (await client.says("stop"))[0]
    assert await amani.queue() == []


async def test_nobody_on_shift_is_said_with_the_numbers(line: Service) -> None:
    called = await line.client().says("i want to talk to someone")
    assert "Nobody is on shift" in called[0]
    assert "999" in called[0]
    assert "08:00" in called[0]


async def test_two_misses_offer_a_person_first_and_never_the_same_words_twice(line: Service) -> None:
    client = line.client()
    first = await client.says("qwpo zxmn blorf")
    second = await client.says("gwxk jjurk vvox")
    third = await client.says("wubble norf plink")
    assert "0 Talk to a person" in first[0]
    assert "Shall I call one?" in second[0]
    assert len({first[0], second[0], third[0]}) == 3


async def test_danger_comes_first_and_calls_a_counselor(line: Service) -> None:
    client, amani = line.client(), await line.counselor()
    answers = await client.says("nimechoka na maisha nataka kuisha tu")
    assert "1199" in answers[0]
    assert "1 Niko salama" in answers[0]
    (card,) = await amani.queue()
    assert card.urgent
    assert card.reason == "suicide"
    assert any("nimechoka na maisha" in said for said in await amani.reads(card.id))
    assert "999" in (await client.says("2"))[0]


async def test_what_is_no_text_gets_a_useful_answer(line: Service) -> None:
    client = line.client()
    await client.starts()
    for kind in ("photo", "voice", "sticker", "location", "other"):
        assert "0 Talk to a person" in (await client.sends(kind))[0]
    for odd in ("😀😀", "\u202e", "\u200b\u200b", "?!", " "):
        assert "0 Talk to a person" in (await client.says(odd))[0]
    assert await client.says("x" * 65536)


async def test_the_language_can_be_chosen_and_is_noticed(line: Service) -> None:
    client = line.client()
    await client.starts()
    assert "Nitaongea Kiswahili" in (await client.says("kiswahili"))[0]
    assert "Niulize lolote" in (await client.says("menu"))[0]
    assert "I will speak English" in (await client.says("english"))[0]


async def test_a_repeated_event_is_handled_once(line: Service) -> None:
    client = line.client()
    from handlers.events import Said

    first = await client.event(Said("hello"), "same")
    assert first
    assert await client.event(Said("hello"), "same") == []


async def test_helpful_or_not_is_counted_and_leads_on(line: Service) -> None:
    client = line.client()
    await client.says("how long after sex can i test for hiv")
    assert "These go with it" in (await client.taps("helped:test-window-period"))[0]
    assert "A person can" in (await client.taps("unhelped:test-window-period"))[0]


async def _booked(client: object) -> None:
    for said in ("hello", "book", "1", "1", "1", "yes"):
        await client.says(said)  # type: ignore[attr-defined]
