"""The whole content: complete, in words that shame nobody, and shown to a person before it changes."""

import re
from pathlib import Path

import pytest

from knowledge_base.library import Library
from knowledge_base.rules import rules
from tests import snapshot

LOCALES = Path(__file__).parent.parent / "handlers" / "locales"
# Slurs and words that harm, which clients may write and the bot understands (docs/content.md); it never says them.
NEVER_SAID = ("shoga", "mashoga", "msenge", "senge", "hanithi", "malaya", "kahaba", "msagaji", "kicheche", "kuchu", "makende",
              "kinyume na maumbile", "faggot", "tranny", "homosexual", "prostitute", "junkie", "sodomy")  # fmt: skip


def test_every_thing_people_ask_has_its_entry(content: Library) -> None:
    assert len(content.entries) == 167
    assert sum(len(entry.phrasings) for entry in content.entries.values()) >= 4_100
    assert all(entry.answers.keys() == {"en", "sw"} for entry in content.entries.values())


@pytest.mark.parametrize("word", NEVER_SAID)
def test_words_that_harm_are_forbidden(word: str) -> None:
    assert any(pattern.search(f"A {word}.") for pattern in rules().patterns.values())


@pytest.mark.parametrize("lang", ["en", "sw"])
def test_the_bots_own_sentences_hold_no_forbidden_word(lang: str) -> None:
    text = (LOCALES / f"{lang}.ftl").read_text("utf-8")
    assert not [found[0] for found in rules().patterns[lang].finditer(text)]


def test_helplines_hold_no_forbidden_word(content: Library) -> None:
    for contact in content.contacts.values():
        for lang, label in contact.labels.items():
            assert not rules().patterns[lang].search(label)


def test_what_clients_see_has_changed_only_where_somebody_looked(content: Library) -> None:
    """`python -m tests.snapshot` writes the files anew; read the difference before you commit it."""
    kept = {file.stem: file.read_text("utf-8") for file in snapshot.FOLDER.glob("*.txt")}
    now = snapshot.rendered(content)
    assert kept.keys() == now.keys()
    for topic, text in now.items():
        assert kept[topic] == text, f"{topic}.txt: see the difference after python -m tests.snapshot"


def test_the_snapshot_shows_every_entry_on_every_channel(content: Library) -> None:
    whole = "\n".join(snapshot.rendered(content).values())
    shown = re.findall(r"^===== (\S+) · (en|sw) · short", whole, re.MULTILINE)
    assert {*shown} == {(name, lang) for name in content.entries for lang in ("en", "sw")}
    assert (
        whole.count("--- Telegram, web chat") == whole.count("--- WhatsApp, SMS: 1 message, ") == whole.count("===== ")
    )
