"""Measure in which language messages of three words and more are answered.

    python -m tests.bench.language [../shared/eval/questions]

Prints the share right for our own sentences (tests/data/language.toml), the content's phrasings, and, where the folder is given,
the labelled questions, by language. No language is known before; a message that nothing is heard in counts as wrong.
"""

import csv
import sys
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from knowledge_base import library
from knowledge_base.language import detect
from knowledge_base.words import words

OWN = Path(__file__).parents[1] / "data" / "language.toml"
# The labels of the languages that we answer in; rows in any other language are counted apart.
ANSWERED_IN = {"en": "en", "sms": "en", "sw": "sw", "sheng": "sw", "mixed": "sw"}
SHORTEST = 3
FILES = ("sw_sheng", "real_en", "sms_noise", "out_of_scope", "crisis")


def own() -> Iterator[tuple[str, str]]:
    """Yield (language, text) of our own sentences."""
    for kind, texts in tomllib.loads(OWN.read_text("utf-8")).items():
        yield from ((kind, text) for text in texts)


def phrasings() -> Iterator[tuple[str, str]]:
    """Yield (language, text) of the content's phrasings."""
    for entry in library.load().entries.values():
        yield from ((one.lang, one.text) for one in entry.phrasings)


def labelled(file: Path) -> Iterator[tuple[str, str]]:
    """Yield (language, text) of a file of questions; where it has no column for the language it is English."""
    with file.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            yield row.get("lang") or "en", row["text"]


def report(name: str, rows: Iterator[tuple[str, str]]) -> None:
    """Print one line for each language in `rows`."""
    found: defaultdict[str, list[str | None]] = defaultdict(list)
    for lang, text in rows:
        if len(words(text)) >= SHORTEST:
            heard = detect(text)
            found[lang].append(ANSWERED_IN[heard] if heard else None)
    for lang, heard_as in found.items():
        print(f"{name:<14} {lang:<6} n {len(heard_as):>4}  {shares(heard_as)}  {right(lang, heard_as)}")


def shares(heard_as: list[str | None]) -> str:
    """Return how many were heard as English, Swahili, and neither."""
    return "  ".join(f"{one or 'none'} {heard_as.count(one):>4}" for one in ("en", "sw", None))


def right(lang: str, heard_as: list[str | None]) -> str:
    """Return the share that is answered in the right language; "" for a language that we do not speak."""
    expected = ANSWERED_IN.get(lang)
    return f"right {heard_as.count(expected) / len(heard_as):.3f}" if expected else ""


def main() -> None:
    """Measure all that is there."""
    report("own", own())
    report("phrasings", phrasings())
    if len(sys.argv) > 1:
        folder = Path(sys.argv[1])
        if not folder.is_dir():
            sys.exit("language: give the folder with the labelled questions, like ../shared/eval/questions")
        for name in FILES:
            report(name, labelled(folder / f"{name}.tsv"))


if __name__ == "__main__":
    main()
