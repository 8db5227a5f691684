"""The lexicon: what slang, Swahili and texting stand for."""

import re
import tomllib
from collections import Counter
from importlib.resources import files

from knowledge_base.lexicon import concepts, named, respellings
from knowledge_base.words import words


def table() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads(files("knowledge_base").joinpath("lexicon.toml").read_text("utf-8"))


def test_a_word_stands_on_the_right_only_once() -> None:
    counts = Counter(written for group in table().values() for forms in group.values() for written in forms)
    assert [written for written, count in counts.items() if count > 1] == []


def test_every_word_is_written_as_messages_are_read() -> None:
    marked = re.compile(r"[a-z0-9+' ]+")
    written = [one for one in (*concepts(), *respellings()) if marked.fullmatch(one)]
    assert [one for one in written if " ".join(words(one)) != one] == []


def test_texting_forms_stand_for_words_not_for_concepts() -> None:
    assert respellings()["wat"] == "what"
    assert "wat" not in concepts()


def test_a_concept_names_itself() -> None:
    for concept in concepts().values():
        assert concepts()[concept] == concept


def test_the_longest_phrase_wins_and_nothing_is_named_twice() -> None:
    phrase = max((one for one in concepts() if " " in one), key=lambda one: len(one.split()))
    assert named(["xyz", *phrase.split(), "xyz"]) == [(phrase, concepts()[phrase])]


def test_the_beginning_of_a_phrase_alone_names_nothing_of_it() -> None:
    phrase = next(one for one in concepts() if " " in one and one.split()[0] not in concepts())
    assert named([phrase.split()[0], "xyz"]) == []
