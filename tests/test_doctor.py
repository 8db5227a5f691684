"""`doctor`: what waits for a person."""

from dataclasses import replace
from datetime import date

from typer.testing import CliRunner

from bot.__main__ import app
from bot.doctor import findings
from knowledge_base.library import Library
from knowledge_base.model import Contact, Review
from tests.given import entry

TODAY = date(2026, 5, 1)
LABELS = {"en": "Line", "sw": "Simu"}
CALLED = Contact("called", "1195", LABELS, source="A page", year="2025", confirmed="2026-04-01", ready=True)


def test_what_was_called_and_approved_waits_for_nobody() -> None:
    approved = entry("prep", review=Review("Dr. A", "2026-04-01", "2026-05-01"))
    for_ever = entry("oral", review=Review("Dr. A", "2026-04-01"))
    assert findings(Library({"prep": approved, "oral": for_ever}, {"called": CALLED}), TODAY) == []


def test_uncalled_helplines_and_unapproved_entries_are_listed() -> None:
    contacts = {
        "a": replace(CALLED, id="a", confirmed=""),
        "b": replace(CALLED, id="b", confirmed="", ready=False, year="", number="112"),
    }
    entries = {"prep": entry("prep"), "oral": entry("oral", review=Review("Dr. A", "2025-04-01", "2026-04-30"))}
    assert findings(Library(entries, contacts), TODAY) == [
        "helpline a: 1195 was not called yet, shown to clients; seen 2025, A page",
        "helpline b: 112 was not called yet, not shown; seen without a year, A page",
        "entry prep: awaits approval; read it, then: python -m bot approve prep --by NAME",
        "entry oral: was due for review on 2026-04-30; approve it again",
    ]


def test_the_command_lists_what_the_packaged_content_waits_for(content: Library) -> None:
    result = CliRunner().invoke(app, ["doctor"])
    assert result.exit_code == 0
    lines = result.output.splitlines()
    assert len(lines) == len(findings(content, date.today())) + 1
    assert lines[-1] == f"{len(lines) - 1} to do"


def test_content_that_cannot_be_read_is_said(tmp_path: object) -> None:
    result = CliRunner().invoke(app, ["doctor", "--content", str(tmp_path)])
    assert result.exit_code == 2
    assert "no content files here" in result.output
