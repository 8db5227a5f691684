"""`export`: one page with everything a clinician has to see, as clients see it, and nothing fetched from elsewhere."""

import html
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot import export, world
from bot.__main__ import app
from bot.config import Config
from bot.export import ExportProblem, Form
from knowledge_base.library import Library
from knowledge_base.model import Review

TODAY = date(2026, 5, 1)
CONFIG = Config.model_validate({"organisation": {"name": "Us & <them>"}, "clinic": {"hours": {"mon": ["08:00-17:00"]}}})


@pytest.fixture(scope="session")
def page(content: Library) -> str:
    """The page of the packaged content."""
    return export.page(world.make(CONFIG, content), TODAY)


def told(text: str) -> str:
    """`text` as it stands in a page."""
    return html.escape(text).replace("&#x27;", "&#39;").replace("&quot;", "&#34;")


def test_every_entry_is_there_in_both_languages_with_sources_notes_and_phrasings(content: Library, page: str) -> None:
    for entry in content.entries.values():
        start = page.index(f'<article id="{entry.id}">')
        part = page[start : page.index("</article>", start)]
        for answer in entry.answers.values():
            assert told(answer.title) in part
            for paragraph in f"{answer.short}\n\n{answer.long}".split("\n\n"):
                assert "{" in paragraph or told(paragraph) in part, entry.id
        for source in entry.sources:
            assert told(source.organisation) in part
            assert told(source.title) in part
            assert told(source.url) in part
        assert told(entry.notes) in part
        assert all(told(phrasing.text) in part for phrasing in entry.phrasings)
        assert all(f'href="#{name}"' in part for name in entry.related)
        assert ("1195" in part) or "violence" not in entry.contacts
        assert "not approved yet" in part


def test_the_organisation_and_its_hours_are_filled_in(page: str) -> None:
    assert "Us &amp; &lt;them&gt; · 2026-05-01 · 167 entries" in page
    assert "We are open Monday 08:00 to 17:00." in page
    assert "Tunafungua Jumatatu 08:00 (saa 2 asubuhi) hadi 17:00 (saa 11 jioni)." in page


def test_who_approved_is_said(content: Library) -> None:
    one, other, *_ = content.entries.values()
    reviewed = replace(one, review=Review("Dr. A", "2026-04-01", "2027-04-01"))
    for_ever = replace(other, review=Review("Dr. B", "2026-04-02"))
    library = Library({**content.entries, one.id: reviewed, other.id: for_ever}, content.contacts)
    page = export.page(world.make(CONFIG, library), TODAY)
    assert "approved by Dr. A, 2026-04-01, until 2027-04-01" in page
    assert "approved by Dr. B, 2026-04-02</span>" in page
    assert "2 approved, 165 waiting" in page


def test_the_page_needs_nothing_else_and_says_in_its_title_nothing_of_what_it_is_about(page: str) -> None:
    assert not re.findall(r"<(?:script|img|iframe|object|embed)|url\(|@import|\bsrc=", page)
    assert re.findall(r"<link[^>]*>", page) == ['<link rel="icon" href="data:,">']
    assert "<title>Answers for review</title>" in page


def test_every_link_within_the_page_leads_somewhere(page: str) -> None:
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert {*re.findall(r'href="#([^"]+)"', page)} <= {*ids}


@pytest.mark.parametrize(
    ("topic", "title"),
    [
        ("living-with-hiv", "Living with HIV"),
        ("prep", "PrEP"),
        ("sti", "STI"),
        ("sex-life", "Sex life"),
        ("condoms-lube", "Condoms and lube"),
        ("pep", "PEP"),
    ],
)
def test_a_topic_is_written_as_it_is_spoken(topic: str, title: str) -> None:
    assert export.title(topic) == title


def test_the_command_writes_the_file(tmp_path: Path, page: str) -> None:
    file = tmp_path / "answers.html"
    config = tmp_path / "config.toml"
    config.write_text('[organisation]\nname = "Us & <them>"\n[clinic.hours]\nmon = ["08:00-17:00"]\n')
    result = CliRunner().invoke(app, ["export", "--as", "html", str(file), "--config", str(config)])
    assert (result.exit_code, result.output) == (0, f"wrote {file}\n")
    assert file.read_text("utf-8") == page.replace("2026-05-01", f"{date.today()}")


def test_without_a_name_the_page_is_written_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert CliRunner().invoke(app, ["export", "--as", "html"]).output == "wrote answers.html\n"
    assert "Answers for review" in (tmp_path / "answers.html").read_text("utf-8")


def test_a_place_that_cannot_be_written_and_content_that_is_broken_are_refused(
    tmp_path: Path, content: Library
) -> None:
    with pytest.raises(ExportProblem, match=r"cannot be written \(Is a directory\); give another place"):
        export.write(tmp_path, Form.HTML, world.make(CONFIG, content), TODAY)
    assert "cannot be written" in CliRunner().invoke(app, ["export", str(tmp_path)]).output
    broken = CliRunner().invoke(app, ["export", str(tmp_path / "a.html"), "--content", str(tmp_path)])
    assert (broken.exit_code, [*tmp_path.iterdir()]) == (2, [])
    assert f"{tmp_path}:0: no content files here" in broken.output
