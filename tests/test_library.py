"""Reading the content: whatever is wrong is said at once, with file, line and one sentence that names the remedy."""

import json
import re
from collections.abc import Sequence
from pathlib import Path

import pytest

from knowledge_base import library
from knowledge_base.library import CONTACTS
from knowledge_base.problems import ContentProblems, Problem

GOOD = """\
id = "lube"
topic = "condoms"
urgency = "normal"
related = []
contacts = ["emergency"]
notes = "For staff."

[review]
by = ""

[en]
title = "Lube"
short = "Use water-based lube."
long = "It keeps the condom whole."
phrasings = ["what is lube", "which lube", "is lube safe", "lube for anal"]

[sw]
title = "Kilainishi"
short = "Tumia kilainishi cha maji."
phrasings = ["kilainishi ni nini", "nitapata kilainishi wapi"]

[sheng]
phrasings = ["lube iko wapi"]

[[sources]]
organisation = "WHO"
title = "Condoms"
year = 2024
"""


def written(folder: Path, text: str = GOOD, name: str = "condoms/lube.toml") -> Path:
    """Write a content file; return its path."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def problems(folder: Path, contacts: Path = CONTACTS) -> Sequence[Problem]:
    """What is wrong in `folder`."""
    with pytest.raises(ContentProblems) as caught:
        library.load(folder, contacts)
    return caught.value.problems


def one(folder: Path, text: str) -> tuple[int, str]:
    """The line and sentence of the only problem of a file with this text."""
    path = written(folder, text)
    (problem,) = problems(folder)
    assert problem.file == path
    return problem.line, problem.sentence


def line(text: str, needle: str) -> int:
    """The number of the first line that holds `needle`."""
    return next(number for number, row in enumerate(text.splitlines(), 1) if needle in row)


def test_a_good_file_is_read_whole(tmp_path: Path) -> None:
    written(tmp_path)
    loaded = library.load(tmp_path)
    entry = loaded.get("lube")
    assert entry
    assert entry.answer("sw").title == "Kilainishi"
    assert entry.answer("sheng").title == "Lube"
    assert [phrasing.lang for phrasing in entry.phrasings] == ["en"] * 4 + ["sw"] * 2 + ["sheng"]
    assert entry.sources[0].year == "2024"
    assert loaded.get("withdrawn") is None
    assert loaded.index.search("which lube")[0].entry_id == "lube"
    assert loaded.contacts["emergency"].number == "999"


def test_the_packaged_content_has_no_problems(content: library.Library) -> None:
    assert content.entries
    assert all(contact.labels.keys() == {"en", "sw"} for contact in content.contacts.values())


def test_a_folder_without_content_is_a_problem(tmp_path: Path) -> None:
    (problem,) = problems(tmp_path / "nowhere")
    assert (problem.file, problem.line) == (tmp_path / "nowhere", 0)
    assert "no content files here" in problem.sentence


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    written(tmp_path)
    (tmp_path / "condoms" / "dental-dam.toml").mkdir()
    (problem,) = problems(tmp_path)
    assert problem == Problem(tmp_path / "condoms" / "dental-dam.toml", 0, "cannot be read; check its permissions")


def test_a_file_that_is_not_utf8_is_named(tmp_path: Path) -> None:
    path = written(tmp_path)
    path.write_bytes(GOOD.encode("utf-16"))
    (problem,) = problems(tmp_path)
    assert problem == Problem(path, 0, "is not UTF-8; save it as UTF-8")


def test_a_file_that_is_not_toml_is_named_with_the_line(tmp_path: Path) -> None:
    at, sentence = one(tmp_path, GOOD.replace('title = "Lube"', 'title = "Lube'))
    assert at == line(GOOD, "title =")
    assert sentence.startswith("is not TOML: ")


def test_a_file_that_ends_too_soon_is_named_without_a_line(tmp_path: Path) -> None:
    _, sentence = one(tmp_path, GOOD + '\nlong = """')
    assert sentence.startswith("is not TOML: ")


WRONG = (
    ('urgency = "normal"\n', "", "", "urgency is missing; add it"),
    ('title = "Lube"\n', "", "[en]", "[en] title is missing; add it"),
    ('short = "Tumia', 'shrt = "Tumia', "shrt", "[sw] shrt is unknown; correct or remove it"),
    ('urgency = "normal"', 'urgency = "hurry"', "urgency", "urgency is 'hurry'; it must be one of normal, sensitive, urgent, crisis, action"),
    ('urgency = "normal"', "urgency = 5", "urgency", "urgency must be text in quotes"),
    ("related = []", 'related = "lube"', "related", "related must be a list of texts"),
    ("related = []", "related = [5]", "related =", "related must be a list of texts; put quotes around each"),
    ("related = []", 'relatd = ["pep"]', "relatd", "relatd is unknown; correct or remove it"),
    ('title = "Lube"', "title = 5", "title = 5", "[en] title must be text in quotes"),
    ('title = "Kilainishi"', "title = true", "title = true", "[sw] title must be text in quotes"),
    ('phrasings = ["lube iko wapi"]', "phrasings = 5", "phrasings = 5", "[sheng] phrasings must be a list of texts"),
    ('by = ""', 'from = ""', "from =", "[review] from is unknown; correct or remove it"),
    ('organisation = "WHO"\n', "", "[[sources]]", "[[sources]] organisation is missing; add it"),
    ("year = 2024", 'pages = "4"', "pages", "[[sources]] pages is unknown; correct or remove it"),
)  # fmt: skip


@pytest.mark.parametrize(("good", "bad", "where", "sentence"), WRONG, ids=[row[3] for row in WRONG])
def test_what_does_not_fit_is_said_with_its_line(
    tmp_path: Path, good: str, bad: str, where: str, sentence: str
) -> None:
    assert good in GOOD
    text = GOOD.replace(good, bad)
    path = written(tmp_path, text)
    found = problems(tmp_path)
    assert Problem(path, line(text, where), sentence) in found


def test_a_table_that_is_none_is_said(tmp_path: Path) -> None:
    text = GOOD.replace("related = []", 'sheng = "none"').replace('[sheng]\nphrasings = ["lube iko wapi"]\n', "")
    assert one(tmp_path, text) == (line(text, "sheng ="), "sheng must be a table [sheng]")
    text = re.sub(r"\[\[sources\]\][\s\S]*", "", GOOD).replace("related = []", 'sources = ["WHO"]')
    assert one(tmp_path, text) == (line(text, "sources ="), "sources must be tables; write [[sources]] above each")


def test_everything_is_said_at_once_and_one_broken_file_does_not_spoil_another(tmp_path: Path) -> None:
    broken = written(tmp_path, GOOD.replace('title = "Lube"', "title = 5").replace("related = []", "related = 5"))
    other = GOOD.replace('id = "lube"', 'id = "dam"').replace("related = []", 'related = ["lube", "gone"]')
    other = other.replace("lube", "dam").replace('["dam", "gone"]', '["lube", "gone"]').replace("kilainishi", "bwawa")
    naming = written(tmp_path, other, "condoms/dam.toml")
    garbage = written(tmp_path, "=", "condoms/garbage.toml")
    assert {(problem.file, problem.sentence.partition(":")[0]) for problem in problems(tmp_path)} == {
        (broken, "related must be a list of texts"),
        (broken, "[en] title must be text in quotes"),
        (garbage, "is not TOML"),
        (naming, "related names 'gone', which does not exist; correct or remove it"),
    }


def test_a_problem_reads_as_editors_and_terminals_expect_it() -> None:
    assert str(Problem(Path("a.toml"), 3, "lacks a title")) == "a.toml:3: lacks a title"
    assert str(ContentProblems([])) == "0 problem(s) in the content"


CONTACT = '[[contact]]\nid = "emergency"\nnumber = "999"\nfree = true\nready = true\nen = "Police"\nsw = "Polisi"\nsource = "A"\n'


@pytest.mark.parametrize(
    ("text", "at", "sentence"),
    [
        (CONTACT.replace('number = "999"\n', ""), 1, "[[contact]] number is missing; add it"),
        (CONTACT.replace('number = "999"', "number = 999"), 3, "[[contact]] number must be text in quotes"),
        (CONTACT.replace("free = true", 'free = "yes"'), 4, "[[contact]] free must be true or false"),
        (CONTACT.replace('source = "A"\n', ""), 1, "[[contact]] source is missing; add it"),
        (CONTACT * 2, 2, "contact 'emergency' stands here 2 times; keep one"),
        (CONTACT.replace("free = true", "fee = true"), 4, "[[contact]] fee is unknown; correct or remove it"),
    ],
)
def test_what_is_wrong_with_the_contacts_is_said_too(tmp_path: Path, text: str, at: int, sentence: str) -> None:
    written(tmp_path)
    contacts = written(tmp_path.parent, text, f"{tmp_path.name}-contacts.toml")
    assert problems(tmp_path, contacts) == (Problem(contacts, at, sentence),)


def test_contacts_that_cannot_be_read_are_said_too(tmp_path: Path) -> None:
    written(tmp_path, GOOD.replace('contacts = ["emergency"]\n', ""))
    (problem,) = problems(tmp_path, tmp_path / "gone.ini")
    assert problem.sentence == "cannot be read; check its permissions"


def test_bare_phrasings_are_read_from_json(tmp_path: Path) -> None:
    path = tmp_path / "phrasings.json"
    path.write_text(
        json.dumps({"entries": [{"id": "a", "lang": "sw", "phrasings": ["habari"]}, {"id": "b", "phrasings": []}]})
    )
    first, second = library.load_phrasings(path)
    assert (first.id, first.phrasings[0].lang) == ("a", "sw")
    assert second.phrasings == ()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        '{"entries": 5}',
        '{"entries": [5]}',
        '{"entries": [{"id": "a"}]}',
        '{"entries": [{"phrasings": []}]}',
    ],
)
def test_json_of_another_form_is_refused_in_one_sentence(tmp_path: Path, text: str) -> None:
    path = tmp_path / "phrasings.json"
    path.write_text(text)
    with pytest.raises(ContentProblems) as caught:
        library.load_phrasings(path)
    assert caught.value.problems[0].sentence.startswith("is not JSON of the form")


def test_json_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ContentProblems) as caught:
        library.load_phrasings(tmp_path / "gone.json")
    assert caught.value.problems[0].sentence == "cannot be read; check the path and its permissions"
    (tmp_path / "latin.json").write_bytes('{"entries": "é"}'.encode("latin-1"))
    with pytest.raises(ContentProblems):
        library.load_phrasings(tmp_path / "latin.json")
