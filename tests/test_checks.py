"""What the service cannot do without (docs/content.md): each rule is broken once, and said with file, line and remedy."""

from pathlib import Path

import pytest

from knowledge_base.problems import Problem
from tests.test_library import GOOD, line, one, problems, written

BROKEN = (
    ('title = "Lube"', f'title = "{"x" * 61}"', "xxx", "[en] title has 61 characters; at most 60 fit"),
    ("Use water-based lube.", "y" * 601, "yyy", "[en] short has 601 characters; at most 600 fit"),
    ("It keeps the condom whole.", "z" * 1201, "zzz", "[en] long has 1201 characters; at most 1200 fit"),
    ("Tumia kilainishi cha maji.", " ", "[sw]", "[sw] short is empty; write it"),
    ("Use water-based lube.", "Call 0712345678.", "0712", "[en] short holds '0712345678'; numbers to call belong into contacts.toml, links into sources"),
    ("It keeps the condom whole.", "See www.example.org", "www.", "[en] long holds 'www.'; numbers to call belong into contacts.toml, links into sources"),
    ("Tumia kilainishi cha maji.", "Soma https://example.org", "https", "[sw] short holds 'https://'; numbers to call belong into contacts.toml, links into sources"),
    ('"which lube"', '"?!"', '"?!"', "phrasing '?!' has no words; remove it"),
    ('"which lube"', '""', "phrasings", "phrasing '' has no words; remove it"),
    ("related = []", 'related = ["gone"]', "related =", "related names 'gone', which does not exist; correct or remove it"),
    ("related = []", 'related = ["lube"]', "related =", "is related to itself; remove its own id from related"),
    ('contacts = ["emergency"]', 'contacts = ["aunt"]', "contacts =", "contacts names 'aunt', which does not exist; correct or remove it"),
    ("related = []", 'next = ["pay"]', "next =", "next names 'pay', which does not exist; correct or remove it"),
    ('id = "lube"', 'id = "lubes"', "id =", "id and topic do not fit the file's place; it should be condoms/lubes.toml"),
    ('topic = "condoms"', 'topic = "sex"', "id =", "id and topic do not fit the file's place; it should be sex/lube.toml"),
)  # fmt: skip


@pytest.mark.parametrize(("good", "bad", "where", "sentence"), BROKEN, ids=[row[3][:60] for row in BROKEN])
def test_a_broken_rule_is_said_with_line_and_remedy(
    tmp_path: Path, good: str, bad: str, where: str, sentence: str
) -> None:
    assert good in GOOD
    text = GOOD.replace(good, bad, 1)
    assert one(tmp_path, text) == (line(text, where), sentence)


def test_a_language_without_an_answer_is_said(tmp_path: Path) -> None:
    start, end = GOOD.index("[sw]"), GOOD.index("[sheng]")
    text = GOOD[:start] + GOOD[end:]
    assert one(tmp_path, text) == (1, "has no [sw] answer; add a title and a short text")


def test_an_entry_without_a_source_is_said(tmp_path: Path) -> None:
    text = GOOD[: GOOD.index("[[sources]]")]
    assert one(tmp_path, text) == (1, "names no source; add [[sources]]")


def test_a_phrasing_stands_in_one_entry_only(tmp_path: Path) -> None:
    written(tmp_path)
    text = GOOD.replace("lube", "gel").replace("kilainishi", "jeli").replace("which gel", "WHICH LUBE?")
    path = written(tmp_path, text, "condoms/gel.toml")
    (problem,) = problems(tmp_path)
    assert problem.sentence == "phrasing 'which lube' also stands in gel; keep it in one"
    assert problem.file != path


def test_the_same_phrasing_twice_in_one_entry_is_harmless_to_others(tmp_path: Path) -> None:
    text = GOOD.replace('"which lube"', '"which lube", "Which lube"').replace("related = []", 'next = ["pay"]')
    assert one(tmp_path, text)[1].startswith("next names 'pay'")


def test_an_id_stands_in_one_file_only(tmp_path: Path) -> None:
    first = written(tmp_path, GOOD.replace("condoms", "aids"), "aids/lube.toml")
    text = GOOD.replace("lube", "gel").replace("kilainishi", "jeli").replace('id = "gel"', 'id = "lube"')
    second = written(tmp_path, text)
    assert problems(tmp_path) == (Problem(second, 1, "id 'lube' also stands in aids/lube.toml; rename one"),)
    assert first.exists()
