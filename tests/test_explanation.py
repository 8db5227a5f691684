"""The explanation: what people are shown about how a question was understood."""

from typer.testing import CliRunner

from bot import asking
from bot.__main__ import app
from knowledge_base import Answer, Entry, Index, Phrasing, Urgency

ENTRIES = {
    name: Entry(
        name, "", Urgency.NORMAL, {"en": Answer(title, title)}, tuple(Phrasing(text, "en") for text in phrasings)
    )
    for name, title, phrasings in (
        ("prep", "PrEP", ("what is prep", "who can take prep")),
        ("burst", "A broken condom", ("the condom broke", "condom burst")),
    )
}
KNOWN = asking.Knowledge(Index.build(ENTRIES.values()), ENTRIES)


def test_why_names_words_reasons_views_and_the_nearest_phrasing() -> None:
    shown = asking.why("wat is prepp xqvk", KNOWN)
    for wanted in (
        "wat: what (texting form)",
        "is: is (the same word)",
        "xqvk: not understood",
        "most like: what is prep",
    ):
        assert wanted in shown
    assert shown.startswith(asking.explain("wat is prepp xqvk", KNOWN))
    assert shown.count("machine") == 2


def test_why_of_nothing_is_short() -> None:
    assert asking.why("😭", KNOWN).splitlines() == [*asking.explain("😭", KNOWN).splitlines(), "", "read as"]


def test_the_command_shows_it() -> None:
    result = CliRunner().invoke(app, ["ask", "--why", "nimepasukiwa na condom"])
    assert result.exit_code == 0
    assert "read as" in result.output
