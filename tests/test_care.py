"""What goes on while a client in danger waits: one step at a time, by tap or in words, never the same twice running."""

from itertools import pairwise

import pytest

from handlers.care import BY_NAME, CONTACTS, EVICTION, STEPS
from handlers.effects import OpenHandover, RaiseAlarm, RelayToCounselor
from handlers.facts import Desk
from handlers.states import Idle, WaitingForCounselor, WithCounselor
from handlers.texts import say
from tests.given import TAKEN, WITHDRAWN, Talk, facts

CRIES = {
    "suicide": "i want to kill myself",
    "sexual-violence": "i was raped",
    "partner-violence": "my boyfriend beats me",
    "medical-emergency": "i can't breathe",
    "child-abuse": "my uncle touches me",
    "blackmail": "he is blackmailing me",
    "arrest": "i was arrested",
}
FRIENDS = {
    "suicide": ("my friend is suicidal", "rafiki yangu anataka kujiua"),
    "sexual-violence": ("my friend was raped", "rafiki yangu amebakwa"),
    "partner-violence": ("my brother's boyfriend beats my brother",),
    "medical-emergency": ("my friend can't breathe", "rafiki yangu hawezi kupumua"),
    "child-abuse": ("mtoto anabakwa",),
    "blackmail": ("my friend is being blackmailed",),
    "arrest": ("my friend was arrested", "rafiki yangu amekamatwa"),
}
OF_FRIENDS = [(kind, cry) for kind, cries in FRIENDS.items() for cry in cries]


def in_need(cry: str, lang: str = "en") -> Talk:
    """A client who cried for help and was told what comes first."""
    talk = Talk(facts(lang))
    talk.says(cry)
    return talk


def test_there_are_steps_for_every_danger_of_oneself_and_of_a_friend() -> None:
    assert set(STEPS) == {*CONTACTS, *(f"friend-{kind}" for kind in CONTACTS), EVICTION}
    for names in STEPS.values():
        assert len(names) == len(set(names)) > 2
    assert all(name in STEPS[flow] for flow, names in BY_NAME.items() for name in names)


@pytest.mark.parametrize("lang", ["en", "sw"])
@pytest.mark.parametrize("kind", CRIES)
def test_what_now_leads_through_every_step_one_at_a_time(kind: str, lang: str) -> None:
    talk = in_need(CRIES[kind])
    talk.knows(client=facts(lang).client)
    if "safe" in talk.ids:
        talk.taps("safe")
    heard = [talk.taps("step") for _ in range(2 * len(STEPS[kind]))]
    assert all(one != other for one, other in pairwise(heard))
    assert len(set(heard)) == len(STEPS[kind])
    assert "counselor" in talk.ids
    assert len([choice for choice in talk.ids if choice != "counselor"]) <= 3


@pytest.mark.parametrize("kind", CRIES)
def test_words_lead_on_as_taps_do_and_the_counselor_reads_them(kind: str) -> None:
    talk = in_need(CRIES[kind])
    heard = []
    for words in ("please", "it hurts so much", "please please", "what now"):
        heard.append(talk.says(words))
        assert words == "what now" or [told.text for told in talk.of(RelayToCounselor)] == [words]
    assert all(one != other for one, other in pairwise(heard))


def test_the_same_old_button_tapped_twice_says_the_next_step() -> None:
    talk = in_need("i want to kill myself")
    assert "Breathe" in talk.taps("step:suicide:breath")
    assert "alone right now" in talk.taps("step:suicide:breath")


def test_whoever_is_alone_is_helped_to_be_alone_no_longer_and_the_counselor_knows() -> None:
    for answer, said, told in (
        ("yes", "Knock at a neighbour's door", "I am alone"),
        ("2", "Ask them to stay with you", "Someone is here"),
    ):
        talk = in_need("i want to kill myself")
        talk.taps("safe")
        while "alone right now" not in talk.said:
            talk.taps("step")
        assert said in talk.says(answer)
        assert [relayed.text for relayed in talk.of(RelayToCounselor)] == [told]
        assert "for your safety" in talk.says("what now")


def test_a_child_is_given_116_and_asked_for_nothing() -> None:
    talk = in_need("my uncle touches me")
    heard = [talk.said, *(talk.taps("step") for _ in STEPS["child-abuse"])]
    assert sum("116" in one for one in heard) == 2
    assert "need not give details" in heard[0]
    assert not any("what happened" in one or "your name" in one for one in heard)
    assert talk.facts.case


def test_what_happens_next_is_said_truthfully() -> None:
    talk = in_need("i can't breathe")
    talk.knows(desk=Desk(0, "08:00"))
    heard = [talk.taps("step") for _ in STEPS["medical-emergency"]]
    assert "Nobody is on shift now; a counselor reads this after 08:00" in heard[-1]


def test_forced_sex_offers_to_count_the_72_hours() -> None:
    talk = in_need("i was raped")
    talk.taps("safe")
    while "when" not in talk.ids:
        talk.taps("step")
    assert "best within 72 hours" in talk.said
    assert "how long ago" in talk.says("count the 72 hours")


def test_blackmail_offers_concrete_steps_legal_help_and_a_person() -> None:
    talk = in_need("he is blackmailing me")
    assert "do not pay" in talk.said.lower()
    assert talk.offered == ["Keep the proof", "Lock the accounts", "Free legal help", "Talk to a person"]
    assert "screenshots" in talk.says("1")
    assert talk.offered == ["Lock the accounts", "Why not pay", "Free legal help", "Talk to a person"]
    assert "next demand" in talk.says("why not pay")
    assert talk.offered == ["What now", "Keep the proof", "Free legal help", "Talk to a person"]
    assert "Legal-aid in short." in talk.says("free legal help")
    assert "will write to you here" in talk.says("0")


def test_arrest_says_what_to_say_and_what_not() -> None:
    talk = in_need("nimekamatwa", "sw")
    assert talk.offered == ["Niseme nini", "Simu yangu", "Msaada wa sheria", "Ongea na mtu"]
    assert "nataka kuongea na wakili wangu" in talk.says("1")
    assert "Usifungue simu yako" in talk.says("simu yangu")


def test_where_no_legal_entry_is_known_the_steps_stand_alone() -> None:
    talk = Talk(facts(library=WITHDRAWN))
    talk.says("he is blackmailing me")
    assert talk.offered == ["Keep the proof", "Lock the accounts", "Why not pay", "Talk to a person"]


def test_whoever_was_thrown_out_gets_the_answer_with_the_steps_for_tonight() -> None:
    talk = in_need("i was thrown out of home")
    assert "Family-rejection in short." in talk.said
    assert talk.offered == ["Where to sleep", "What to take", "Free legal help", "Talk to a person"]
    assert "one safe person" in talk.says("1")
    assert talk.offered == ["What to take", "Free legal help", "Talk to a person"]
    assert Talk().taps("entry:family-rejection") == "Family-rejection in short."
    assert "no longer open" in Talk(facts(library=WITHDRAWN)).taps("entry:family-rejection")


@pytest.mark.parametrize(("kind", "cry"), OF_FRIENDS, ids=[cry for _, cry in OF_FRIENDS])
def test_for_a_friend_the_words_are_others_and_a_counselor_is_called_all_the_same(kind: str, cry: str) -> None:
    talk, own = Talk(), in_need(CRIES[kind])
    said = talk.says(cry)
    lang = talk.facts.lang
    assert said.startswith(say(lang, f"alarm-friend-{kind}", contacts="|", called="").split("|")[0][:60])
    assert said != own.said
    (opened,) = talk.of(OpenHandover)
    assert (opened.reason, opened.urgent) == (kind, True)
    assert talk.ids[0].startswith(f"step:friend-{kind}:")
    assert talk.says("please") != said


def test_whoever_worries_about_a_friend_may_ask_and_is_led_on() -> None:
    talk = in_need("my friend is suicidal")
    assert "Do not leave them alone" in talk.said
    assert "1199" in talk.said
    assert "Asking does not plant the idea" in talk.says("what now")
    assert "Do not promise to keep it secret" in talk.says("my friend is suicidal")
    assert "Prep in short." in talk.says("what is prep")
    assert "Do not leave them alone" in talk.says("my friend is suicidal")


def test_ones_own_despair_after_a_friends_is_heard_as_ones_own() -> None:
    talk = in_need("my friend is suicidal")
    assert "Are you safe this minute?" in talk.says("i want to kill myself")
    assert talk.of(RaiseAlarm) == [RaiseAlarm("case-9", "suicide")]


def test_while_a_counselor_talks_no_step_is_offered_and_old_buttons_are_silent() -> None:
    talk = Talk(facts(case=TAKEN), WithCounselor("case-1"))
    talk.says("he is blackmailing me")
    assert talk.ids == []
    assert talk.taps("step:blackmail:pay") == ""
    assert talk.says("my friend is being blackmailed") == ""


def test_old_buttons_work_without_a_case_and_made_up_ones_lead_to_the_menu() -> None:
    talk = Talk()
    assert "Breathe" in talk.taps("step:suicide:breath")
    assert isinstance(talk.state, Idle)
    assert "no longer open" in Talk().taps("step:suicide:never")
    assert "no longer open" in Talk().taps("menu:suicide:breath")


def test_steps_leave_the_case_open() -> None:
    talk = in_need("i was arrested")
    talk.taps("step")
    assert isinstance(talk.state, WaitingForCounselor)
