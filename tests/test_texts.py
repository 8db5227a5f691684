"""Every sentence of the bot: in both languages, with the same variables, used, short where it must be, and honest."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from fluent.runtime import FluentBundle, FluentResource
from fluent.syntax import FluentParser
from fluent.syntax import ast as ftl
from fluent.syntax.visitor import Visitor

from handlers import alarm, care, choices, pep, texts
from handlers.common import MENU, WAY_ON
from handlers.texts import LANGUAGES, say
from knowledge_base import danger, placeholders

ROOT = Path(__file__).parents[1]
CHANNELS = {"telegram": ("Telegram",), "whatsapp": ("WhatsApp", "Twilio"), "sms": ("SMS", "Twilio"), "web": ()}
UNDELIVERED = ("window", "gone")


class Variables(Visitor):
    """Collects the variables of a message."""

    def __init__(self) -> None:
        self.names: set[str] = set()

    def visit_VariableReference(self, node: ftl.VariableReference) -> None:  # noqa: N802 (the library's name)
        """Note the variable."""
        self.names.add(node.id.name)


def messages(lang: str) -> dict[str, frozenset[str]]:
    """The variables of each sentence in a language."""
    found: dict[str, frozenset[str]] = {}
    for one in FluentParser().parse((ROOT / "handlers" / "locales" / f"{lang}.ftl").read_text("utf-8")).body:
        assert not isinstance(one, ftl.Junk), f"{lang}.ftl: {one.content}"
        if isinstance(one, ftl.Message):
            assert one.id.name not in found, f"{lang}.ftl: {one.id.name} stands there twice"
            variables = Variables()
            variables.visit(one)
            found[one.id.name] = frozenset(variables.names)
    return found


def code() -> Iterator[ast.AST]:
    """Every node of the code that speaks to clients or staff."""
    for package in ("handlers", "bot"):
        for path in sorted((ROOT / package).rglob("*.py")):
            yield from ast.walk(ast.parse(path.read_text("utf-8")))


def words_in_code() -> set[str]:
    """Every literal text in the code that may be a key, or the changing part of one."""
    return {node.value for node in code() if isinstance(node, ast.Constant) and isinstance(node.value, str)}


def families() -> set[tuple[str, str]]:
    """What stands before and after the changing part of keys that are put together: `choice-…`, `…-again`."""
    found: set[tuple[str, str]] = set()
    for node in code():
        if isinstance(node, ast.JoinedStr):
            first, last = (
                str(part.value) if isinstance(part, ast.Constant) else "" for part in (node.values[0], node.values[-1])
            )
            found.add((first, last))
    return {(first, last) for first, last in found if first.endswith("-") or last.startswith("-")}


def used() -> set[str]:
    """The keys that the code uses, literally or put together from literal parts."""
    literal = words_in_code()
    parts = literal | set(danger.KINDS) | set(CHANNELS) | {f"undelivered-{reason}" for reason in UNDELIVERED}
    joined = {f"{first}{part}{last}" for first, last in families() for part in parts}
    return literal | joined | {f"book-{part}-day" for part in ("taken", "gone")}


def test_both_languages_have_the_same_sentences_with_the_same_variables() -> None:
    assert messages("en") == messages("sw")


def test_no_sentence_is_there_for_nothing() -> None:
    assert set(messages("en")) - used() == set()


def test_every_sentence_that_is_said_exists() -> None:
    said = {
        node.args[1].value
        for node in code()
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "say" and len(node.args) > 1
        and isinstance(node.args[1], ast.Constant)
    }  # fmt: skip
    assert len(said) > 30
    assert said <= set(messages("en"))
    families = ["miss-first", "miss-second", "miss-third", "miss-bare"]
    families += [f"step-{name}" for names in care.STEPS.values() for name in names]
    families += [f"alarm-{flow}" for flow in care.STEPS if flow != care.EVICTION] + ["near-alone", "near-together"]
    families += [f"choice-{name}" for names in care.BY_NAME.values() for name in names]
    families += [f"{key}{more}" for key in ("no-choice", "empty", "media", "unsure") for more in ("", "-again")]
    families += [f"{key}{more}" for key in ("related", "helped", "unhelped") for more in ("", "-alone")]
    families += [f"alarm-{kind}" for kind in care.CONTACTS] + [f"welcome-{channel}" for channel in CHANNELS]
    families += [f"reason-{kind}" for kind in danger.KINDS] + [f"reason-undelivered-{reason}" for reason in UNDELIVERED]
    families += [f"not-told-{name}" for name in placeholders.NAMES if name != "organisation"]
    assert set(families) <= set(messages("en"))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_standing_choice_has_a_label_of_at_most_20_characters(lang: str) -> None:
    standing = {*MENU, *WAY_ON, *alarm.SAFETY, *pep.WHEN, "when", "alone", "together", "step", *choices.WHILE_TALKING - {"lang:en", "lang:sw"}, "yes", "no", "later", "move", "cancel",
                "more", "source", "related", "helped", "unhelped", "none", "notnow", "talk", "end", "where", "book", "back", "help"}  # fmt: skip
    for choice in choices.labels(lang, sorted(standing)):
        assert 0 < len(choice.label) <= 20, choice.id
    assert all(len(label) <= 20 for label in _labels(lang))


def _labels(lang: str) -> list[str]:
    return [say(lang, key) for key in messages(lang) if key.startswith("choice-")]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_two_choices_never_look_alike(lang: str) -> None:
    assert len(_labels(lang)) == len(set(_labels(lang)))


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("channel", CHANNELS)
def test_the_welcome_is_short_and_names_who_else_carries_the_words(lang: str, channel: str) -> None:
    """R19: the first screen names the third parties, in at most 60 words."""
    text = say(lang, f"welcome-{channel}", organisation="Ishtar")
    assert len(text.split()) <= 60
    assert "Ishtar" in text
    assert all(name in text for name in CHANNELS[channel])
    if not CHANNELS[channel]:
        assert {"en": "No other company", "sw": "Hakuna kampuni nyingine"}[lang] in text


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_sentence_can_be_said_and_holds_no_number_to_call(lang: str) -> None:
    for key, variables in messages(lang).items():
        text = say(lang, key, **dict.fromkeys(variables, "…"))
        assert text
        assert "{" not in text
        assert not [word for word in text.split() if word.strip(".,;:()").isdigit() and len(word.strip(".,;:()")) > 2]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_bad_news_has_no_exclamation_mark(lang: str) -> None:
    known = messages(lang).items()
    assert not [key for key, variables in known if "!" in say(lang, key, **dict.fromkeys(variables, "…"))]


def test_a_sentence_that_is_missing_or_lacks_a_value_is_an_error_that_names_it() -> None:
    with pytest.raises(LookupError):
        say("en", "no such sentence")
    with pytest.raises(LookupError, match=r"en\.ftl: book-cancelled"):
        say("en", "book-cancelled")


def test_a_key_without_a_sentence_is_an_error_that_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    hollow = FluentBundle(["en"])
    hollow.add_resource(FluentResource("hollow =\n    .hint = nothing else\n"))
    monkeypatch.setattr(texts, "_bundle", lambda lang: hollow)
    with pytest.raises(LookupError, match=r"en\.ftl: hollow"):
        say("en", "hollow")
