"""How much a message may hold: UTF-16 units as the providers count them, and the parts of an SMS (3GPP TS 23.038)."""

import pytest

from bot.channels.limits import sms_parts, utf16


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("", 1),
        ("a" * 160, 1),
        ("a" * 161, 2),
        ("a" * 306, 2),
        ("a" * 307, 3),
        ("[" * 80, 1),
        ("[" * 81, 2),
        ("é@£\n" * 40, 1),
        ("’" + "a" * 69, 1),
        ("’" + "a" * 70, 2),
        ("’" * 134, 2),
        ("’" * 135, 3),
        ("😀" * 35, 1),
        ("😀" * 36, 2),
    ],
)
def test_an_sms_goes_in_as_many_parts_as_its_signs_need(text: str, parts: int) -> None:
    assert sms_parts(text) == parts


def test_an_emoji_counts_twice() -> None:
    assert (utf16("ab"), utf16("é’"), utf16("😀a")) == (2, 2, 3)
