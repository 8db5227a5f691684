"""The limiter: what the providers allow is never exceeded, and nobody waits for somebody else's limit."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.limiter import HORIZON_SECONDS, TOGETHER, Limiter

NOW = 1_790_000_000.0


def patient() -> Limiter:
    """A limiter that books however far away a place is."""
    return Limiter(horizon=10_000)


def places(limiter: Limiter, channel: str, clients: list[str], now: float = NOW) -> list[float]:
    return [round(limiter.reserve(channel, client, now) - NOW, 3) for client in clients]


def most_within(times: list[float], seconds: float) -> int:
    """The largest number of times in any half-open span of that length."""
    return max(sum(start <= time < start + seconds - 1e-4 for time in times) for start in times)


@pytest.mark.parametrize(
    ("channel", "expected"),
    [
        ("telegram", [0, 0, 0, 1, 2, 3]),
        ("whatsapp", [0, 0, 0, 0, 6, 12]),
        ("sms", [0, 1, 2, 3, 4, 5]),
        ("web", [0, 0, 0, 0, 0, 0]),
    ],
)
def test_one_client(channel: str, expected: list[float]) -> None:
    assert places(patient(), channel, ["a"] * 6) == expected


def test_many_clients_share_thirty_a_second_on_telegram() -> None:
    times = places(patient(), "telegram", [str(number) for number in range(65)])
    assert times == [0] * 30 + [1] * 30 + [2] * 5


def test_many_clients_share_eighty_a_second_on_whatsapp() -> None:
    assert places(patient(), "whatsapp", [str(number) for number in range(81)])[-2:] == [0, 1]


def test_the_desk_is_one_group_with_twenty_a_minute_whatever_the_thread() -> None:
    times = places(patient(), "desk", [str(number % 7) for number in range(45)])
    assert most_within(times, 60) == 20
    assert times[:4] == [0, 0, 0, 1]
    assert times[20] == 60


def test_the_desk_counts_for_the_bot() -> None:
    limiter = patient()
    places(limiter, "telegram", [str(number) for number in range(29)])
    assert places(limiter, "desk", ["x", "y"]) == [0, 1]


def test_a_busy_client_holds_up_nobody_else() -> None:
    limiter = patient()
    places(limiter, "telegram", ["busy"] * 50)
    assert places(limiter, "telegram", ["other"] * 3) == [0, 0, 0]


def test_places_booked_for_later_are_left_to_those_who_have_them() -> None:
    limiter = patient()
    for number in range(30):
        limiter.penalise("telegram", str(number), NOW, 1)
    assert places(limiter, "telegram", [str(number) for number in range(30)]) == [1] * 30
    assert places(limiter, "telegram", ["early"]) == [0]
    assert places(limiter, "telegram", ["late"], NOW + 0.5) == [2]


def test_quiet_time_gives_the_burst_back() -> None:
    limiter = patient()
    places(limiter, "telegram", ["a"] * 3)
    assert places(limiter, "telegram", ["a"] * 2, NOW + 1.5) == [1.5, 2.0]
    assert places(limiter, "telegram", ["a"] * 4, NOW + 60) == [60, 60, 60, 61]


def test_a_penalty_is_for_one_client_only() -> None:
    limiter = patient()
    limiter.penalise("telegram", "a", NOW, 17)
    limiter.penalise("telegram", "a", NOW, 3)
    assert places(limiter, "telegram", ["a", "b"]) == [17, 0]
    assert limiter.reserve("telegram", "a", NOW + 18) == NOW + 18
    limiter.penalise("telegram", "b", NOW, -5)
    assert limiter.next_at("telegram", "b", NOW) == NOW


def test_a_penalty_at_the_desk_is_for_the_whole_group() -> None:
    limiter = patient()
    limiter.penalise("desk", "one thread", NOW, 9)
    assert places(limiter, "desk", ["another thread"]) == [9]
    assert places(limiter, "telegram", ["client"]) == [0]


def test_a_far_place_is_told_and_not_booked_so_that_who_comes_back_gets_it() -> None:
    limiter = Limiter()
    assert places(limiter, "whatsapp", ["a"] * 6) == [0, 0, 0, 0, 6, 6]
    assert HORIZON_SECONDS < 6
    assert places(limiter, "whatsapp", ["a"], NOW + 6) == [6]
    assert places(limiter, "whatsapp", ["a"], NOW + 6) == [12]


def test_asking_books_nothing() -> None:
    limiter = patient()
    assert {limiter.next_at("sms", "a", NOW) for _ in range(5)} == {NOW}


def test_memory_is_bounded_and_what_is_over_is_forgotten() -> None:
    limiter = Limiter(horizon=10_000, remembered=50)
    for number in range(500):
        limiter.reserve("whatsapp", str(number), NOW)
        limiter.penalise("whatsapp", str(number), NOW, 60)
    assert (len(limiter._clients), len(limiter._held)) == (50, 50)
    limiter.reserve("whatsapp", "later", NOW + 1000)
    assert len(limiter._clients) == 1
    assert len(limiter._held) == 0
    assert [len(booked) for booked in limiter._booked.values()] == [0, 0, 1, 0]


@settings(max_examples=60)
@given(
    st.lists(st.tuples(st.sampled_from(["telegram", "desk"]), st.sampled_from("abcd"), st.floats(0, 0.4)), max_size=120)
)
def test_no_span_of_time_ever_has_too_many(asked: list[tuple[str, str, float]]) -> None:
    limiter, now = patient(), NOW
    booked: dict[str, list[float]] = {"telegram": [], "desk": [], "a": []}
    for channel, client, pause in asked:
        now += pause
        at = limiter.reserve(channel, client, now)
        assert at >= now
        booked["telegram"].append(at)
        booked[client if client == "a" and channel == "telegram" else channel].append(at)
    assert not booked["telegram"] or most_within(booked["telegram"], 1) <= TOGETHER["telegram"].count
    assert not booked["desk"] or most_within(booked["desk"], 60) <= TOGETHER["desk"].count
    assert not booked["a"] or most_within(booked["a"], 1) <= 3
