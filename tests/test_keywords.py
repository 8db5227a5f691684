"""Menu, back, stop, help, language, counselor: understood in every state, in both languages, by word, number or label."""

import pytest

from handlers import choices
from handlers.effects import CloseHandover, RelayToCounselor, Remember, Reply
from handlers.events import Said, Tapped
from handlers.states import (
    Clarifying,
    ConfirmingSlot,
    Idle,
    PickingDay,
    PickingService,
    PickingSlot,
    State,
    WithCounselor,
)
from handlers.texts import say
from tests.given import TAKEN, VISIT, WAITING, Talk, facts
from tests.test_states import STATES

MEANT = {
    "menu": ("menu", "Menyu", "/start", "ANZA", "main menu"),
    "back": ("back", "rudi", "Go back!", "rudi nyuma"),
    "stop": ("stop", "acha", "STOP.", "koma"),
    "help": ("help", "msaada", "nisaidie", "help me"),
    "language": ("language", "lugha", "badilisha lugha"),
    "counselor": ("counselor", "mshauri", "0", "ongea na mtu", "Talk to a person"),
}
HEARD = {
    "menu": ("Ask me anything", "Niulize lolote"),
    "stop": ("I will not write to you again", "Sitakuandikia tena"),
    "help": ("MENU shows what I can do", "MENYU inaonyesha"),
    "language": ("Which language", "lugha gani"),
    "counselor": ("I have called a peer counselor", "Nimemwita mshauri rika"),
}
ALONE = [state for state in STATES if not isinstance(state, WithCounselor)]
SPELLINGS = [(meaning, word) for meaning, spoken in MEANT.items() for word in spoken]


@pytest.mark.parametrize(("meaning", "word"), SPELLINGS, ids=[word for _, word in SPELLINGS])
@pytest.mark.parametrize("state", ALONE, ids=lambda state: type(state).__name__)
def test_a_keyword_means_the_same_in_every_state(state: State, meaning: str, word: str) -> None:
    assert choices.meaning(state, Said(word)) == Tapped(meaning)


@pytest.mark.parametrize("meaning", HEARD)
@pytest.mark.parametrize("state", ALONE, ids=lambda state: type(state).__name__)
def test_a_keyword_is_answered_in_every_state_in_the_clients_language(state: State, meaning: str) -> None:
    for lang, said in zip(("en", "sw"), HEARD[meaning], strict=True):
        talk = Talk(facts(lang), state)
        assert said in talk.says(MEANT[meaning][lang == "sw"])


@pytest.mark.parametrize("word", ["menu", "menyu", "stop", "acha", "language", "lugha", "english", "kiswahili"])
def test_few_words_work_while_a_counselor_talks(word: str) -> None:
    talk = Talk(facts(case=TAKEN), WithCounselor("case-1"))
    assert talk.says(word)
    assert not talk.of(RelayToCounselor)


@pytest.mark.parametrize(
    "word", ["help", "0", "ok", "asante", "hi", "book", "more", "back", "mtu", "1", "yes", "hapana"]
)
def test_every_other_word_reaches_the_counselor(word: str) -> None:
    talk = Talk(facts(case=TAKEN), WithCounselor("case-1"))
    assert talk.says(word) == ""
    assert talk.of(RelayToCounselor) == [RelayToCounselor("case-1", word)]


def test_stop_ends_an_open_handover_too() -> None:
    talk = Talk(facts(case=WAITING))
    talk.says("stop")
    assert talk.of(CloseHandover) == [CloseHandover("case-1", "client")]
    assert Remember(stopped=True) in talk.last.effects


def test_help_shows_the_numbers_and_keeps_what_was_asked() -> None:
    talk = Talk()
    talk.says("book")
    asked = talk.state
    help_text = talk.says("help")
    assert "Police: 999 (free, day and night)" in help_text
    assert "Red Cross: 1199 (free)" in help_text
    assert "Violence line: 1195" in help_text
    assert talk.state == asked
    assert "which day" in talk.says("1")


def test_back_outside_of_a_booking_shows_the_start() -> None:
    assert "We are at the start" in Talk().says("back")


def test_the_language_can_be_changed_in_the_middle_of_a_booking() -> None:
    talk = Talk()
    for said in ("book", "1", "1", "1"):
        talk.says(said)
    assert "Which language" in talk.says("language")
    assert talk.offered == ["English", "Kiswahili"]
    said = talk.says("2")
    assert said.startswith("Nitaongea Kiswahili.\n\nKipimo cha HIV, Jumatano")
    assert isinstance(talk.state, ConfirmingSlot)
    assert "Tayari" in talk.says("ndiyo")


@pytest.mark.parametrize(
    ("steps", "asked"),
    [(("book",), PickingService), (("book", "1"), PickingDay), (("book", "1", "1"), PickingSlot)],
)
def test_each_step_of_a_booking_is_asked_again_in_the_new_language(steps: tuple[str, ...], asked: type) -> None:
    talk = Talk()
    for said in steps:
        talk.says(said)
    talk.says("kiswahili")
    assert isinstance(talk.state, asked)
    assert talk.offered[-1] == "Ongea na mtu"


def test_an_answer_is_given_again_in_the_new_language() -> None:
    talk = Talk()
    talk.says("what is prep")
    assert "Prep kwa ufupi." in talk.says("swahili")


def test_what_was_asked_back_is_asked_again_in_the_new_language() -> None:
    talk = Talk()
    talk.says("can i get it from mouth")
    assert "Unamaanisha" in talk.says("kiswahili")
    assert isinstance(talk.state, Clarifying)


def test_a_new_language_without_anything_to_repeat_is_confirmed() -> None:
    assert Talk().says("kiswahili") == "Nitaongea Kiswahili."
    talk = Talk(facts(case=TAKEN), WithCounselor("case-1"))
    assert talk.says("kiswahili") == "Nitaongea Kiswahili."
    assert isinstance(talk.state, WithCounselor)


def test_small_talk_is_answered_and_leads_on() -> None:
    for said, heard in (
        ("mambo", "Una nini moyoni"),
        ("asante", "Karibu. Niko hapa"),
        ("uliza swali", "Andika swali lako"),
    ):
        talk = Talk(facts("sw"))
        talk.says("menyu")
        assert heard in talk.says(said)
        assert "counselor" in talk.ids


@pytest.mark.parametrize("lang", ["en", "sw"])
def test_every_choice_can_be_made_by_tap_number_and_label(lang: str) -> None:
    """F5, F6: in every state that offers something, after every way there."""
    for state in reached(lang):
        numbered = [choice for choice in state.offered if choice.id != "counselor"]
        for number, choice in enumerate(numbered, 1):
            assert choices.meaning(state, Said(f"{number}")) == Tapped(choice.id)
            assert choices.meaning(state, Said(f" {number}. ")) == Tapped(choice.id)
            assert choices.meaning(state, Said(choice.label.upper())) == Tapped(choice.id)
        assert len(numbered) > 9 or choices.meaning(state, Said(f"{len(numbered) + 1}")) == Said(f"{len(numbered) + 1}")


def reached(lang: str) -> list[State]:
    """The states that a client meets on the usual ways, with what they offer."""
    ways = (
        ("menu",), ("hi",), ("help",), ("language",), ("what is prep",), ("what is prep", "more"), ("can i get it from mouth",),
        ("qwpo",), ("qwpo", "zxmn"), ("book",), ("book", "1"), ("book", "1", "1"), ("book", "1", "1", "1"), ("mshauri",),
        ("book", "1", "1", "1", "yes"), ("book", "1", "1", "1", "yes", "my bookings"), ("i want to kill myself",),
        ("condom broke last night",), ("😀",), ("what is prep", "source"), ("my bookings",),
    )  # fmt: skip
    return [_after(lang, way) for way in ways]


def _after(lang: str, way: tuple[str, ...]) -> State:
    talk = Talk(facts(lang))
    talk.says({"en": "english", "sw": "kiswahili"}[lang])
    for said in way:
        talk.says(said)
    assert talk.state.offered
    return talk.state


def test_a_number_may_be_written_as_a_word() -> None:
    for state in reached("sw"):
        assert (
            choices.meaning(state, Said("Moja"))
            == choices.meaning(state, Said("one"))
            == choices.meaning(state, Said("1"))
        )


def test_counselor_is_number_zero_whatever_else_is_offered() -> None:
    for state in reached("en"):
        assert choices.meaning(state, Said("0")) == Tapped("counselor")


def test_yes_and_no_mean_what_was_just_asked() -> None:
    talk = Talk()
    for said in ("qwpo", "zxmn"):
        talk.says(said)
    assert "Shall I call one?" in talk.said
    assert "All right" in talk.says("no")
    for said in ("qwpo", "zxmn"):
        talk.says(said)
    assert "I have called a peer counselor" in talk.says("yes please")
    moving = Talk(facts(appointments=(VISIT,)))
    moving.says("my bookings")
    assert "which day" in moving.says("ndio")


def test_a_time_may_be_typed_as_it_is_spoken() -> None:
    for said in ("9:30", "09.30", "0930"):
        talk = Talk()
        for step in ("book", "1", "1"):
            talk.says(step)
        heard = talk.says(said)
        assert ("Shall I book it?" in heard) == (said != "0930")
    talk = Talk(facts("sw"))
    for step in ("weka nafasi", "1", "1", "saa 3:30"):
        talk.says(step)
    assert isinstance(talk.state, ConfirmingSlot)


def test_a_telling_part_of_a_label_is_enough_while_something_is_asked() -> None:
    talk = Talk()
    talk.says("can i get it from mouth")
    assert "Kissing in short." in talk.says("kissing")
    assert "What is the visit for" in talk.says("book")
    assert "HIV test: which day" in talk.says("hiv")
    assert "which one" in talk.says("mar")


def test_an_unknown_keyword_of_another_language_leaves_the_choice_to_the_dialogue() -> None:
    assert choices.meaning(Idle(), Said("bonjour")) == Said("bonjour")


def test_labels_of_standing_choices_are_in_the_clients_language() -> None:
    assert choices.label("sw", "more:prep").label == "Niambie zaidi"
    assert [choice.label for choice in choices.languages()] == ["English", "Kiswahili"]
    assert Reply(say("sw", "menu"), choices.labels("sw", ("menu",))).choices[0].label == "Menyu"
