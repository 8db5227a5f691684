"""The helplines: each says where it was seen, the doubtful ones wait, and wrong numbers stand nowhere."""

import re
from pathlib import Path

from knowledge_base import library
from knowledge_base.library import Library
from knowledge_base.rules import rules

# Shown although nobody has called them yet: free national lines that a newspaper or their own page named.
SHOWN = {"emergency": "999", "distress": "1199", "violence": "1195", "child": "116", "youth": "1190"}


def test_only_the_national_lines_are_shown_before_somebody_called(content: Library) -> None:
    shown = {
        contact.id: contact.number for contact in content.contacts.values() if contact.ready and not contact.confirmed
    }
    assert shown == SHOWN
    assert all(content.contacts[name].free for name in SHOWN)


def test_every_line_says_where_it_was_seen(content: Library) -> None:
    for contact in content.contacts.values():
        assert contact.source, contact.id
        assert re.fullmatch(r"https?://\S+", contact.url), contact.id
        assert contact.year or "without a date" in contact.source or "older version" in contact.source, contact.id


def test_numbers_that_must_not_be_shown_stand_nowhere(content: Library) -> None:
    wrong = rules().numbers.keys()
    assert {"166", "0800221234", "0726460000"} <= wrong
    spoken = [
        text
        for entry in content.entries.values()
        for answer in entry.answers.values()
        for text in (answer.title, answer.short, answer.long)
    ]
    spoken += [contact.number for contact in content.contacts.values()]
    locales = Path(str(library.PACKAGED)).parent.parent / "handlers" / "locales"
    spoken += [file.read_text("utf-8") for file in locales.glob("*.ftl")]
    for text in spoken:
        digits = {re.sub(r"\D", "", number) for number in re.findall(r"\+?\d[\d -]*\d", text)}
        bare = {number.removeprefix("254").removeprefix("0") for number in digits}
        assert not bare & {number.removeprefix("0") for number in wrong}, text


def test_every_line_that_an_entry_names_is_shown_or_waits_on_purpose(content: Library) -> None:
    named = {name for entry in content.entries.values() for name in entry.contacts}
    assert named - SHOWN.keys() == {"drugs"}
