"""Read words.toml, times.toml, guards.toml and rules/, and say in one sentence per mistake what is wrong and where."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from knowledge_base.danger import files, lexicon, sense, times
from knowledge_base.danger.lexicon import Lexicon
from knowledge_base.danger.patterns import Pattern, parse
from knowledge_base.danger.rules import PLACES, Guard, Rule
from knowledge_base.danger.triage import Kind, Triage
from knowledge_base.problems import ContentProblems, Problem, find_line

PACKAGED = Path(__file__).parent
# At the same severity the first kind wins: a plan to die is answered before the wound it may leave.
ORDER = ("suicide", "medical-emergency", "child-abuse", "sexual-violence", "blackmail", "arrest", "partner-violence", "pep-window")  # fmt: skip


def load(folder: Path = PACKAGED, *, sensing: bool = True) -> Triage:
    """Return what is known about danger in `folder`, without the second reader where it is to learn anew.

    Raises `ContentProblems` with one sentence for each mistake.
    """
    clock = files.table(folder / "times.toml", files.Times)
    words = _words(folder / "words.toml", clock)
    reader = _Reader(words)
    guards = dict(reader.guards(folder / "guards.toml"))
    tables = {file: files.table(file, files.KindFile) for file in sorted((folder / "rules").glob("*.toml"))}
    rules = [rule for file, kind in tables.items() for rule in reader.rules(file, kind, guards)]
    if reader.problems:
        raise ContentProblems(reader.problems)
    rules.sort(key=lambda rule: (-rule.severity, ORDER.index(rule.kind)))
    kinds: dict[str, Kind] = {kind.kind: Kind(kind.severity, _keys(kind.others)) for kind in tables.values()}
    learned = sense.load(folder / "weights.json") if sensing else None
    return Triage(words, times.build(clock, words), guards, kinds, rules, learned)


def _keys(names: Sequence[str]) -> tuple[str, ...]:
    return tuple(f"<{name}>" for name in names)


def _words(file: Path, clock: files.Times) -> Lexicon:
    """Return the lexicon; the times are a word list of their own, <time>, so that their misspellings are mended too."""
    written = files.table(file, files.Words)
    phrases = tuple(phrase for row in clock.time for phrase in row.phrases)
    try:
        return lexicon.build({**written.lists, "time": files.WordList(english=(*phrases, *clock.units))}, written)
    except lexicon.BadList as error:
        raise ContentProblems([Problem(file, find_line(file, f"[lists.{error.name}]"), str(error))]) from None


@dataclass(frozen=True, slots=True)
class _Reader:
    """Turns what staff wrote into patterns, collecting every mistake."""

    lexicon: Lexicon
    problems: list[Problem] = field(default_factory=list)

    def guards(self, file: Path) -> Iterator[tuple[str, Guard]]:
        for name, row in files.table(file, dict[str, files.GuardRow]).items():
            places = {place: self._patterns(file, getattr(row, place)) for place in PLACES}
            yield name, Guard(places, self._patterns(file, row.lifted_by))

    def rules(self, file: Path, kind: files.KindFile, guards: Mapping[str, Guard]) -> Iterator[Rule]:
        for name in (one for one in kind.others if one not in self.lexicon.concepts):
            self._note(file, f'"{name}"', f"there is no word list <{name}> in words.toml; add it or mend the name")
        for row in kind.rule:
            names = kind.guards if row.guards is None else row.guards
            yield self._rule(file, kind, row, [guards[name] for name in self._known(file, names, guards)])

    def _rule(self, file: Path, kind: files.KindFile, row: files.RuleRow, guards: Sequence[Guard]) -> Rule:
        return Rule(
            kind=kind.kind, name=row.name, severity=row.severity or kind.severity, any=self._patterns(file, row.any),
            also=self._patterns(file, row.also), guards=guards, others=_keys(kind.others), about=row.about,
            denial_inside=row.denial_inside, needs_time=row.needs_time,
            not_older_than=kind.not_older_than if row.not_older_than is None else row.not_older_than,
        )  # fmt: skip

    def _known(self, file: Path, names: Sequence[str], guards: Mapping[str, Guard]) -> list[str]:
        for name in (one for one in names if one not in guards):
            self._note(file, f'"{name}"', f'there is no guard "{name}" in guards.toml; add it or mend the name')
        return [name for name in names if name in guards]

    def _patterns(self, file: Path, written: Sequence[str]) -> list[Pattern]:
        return [pattern for text in written for pattern in self._pattern(file, text)]

    def _pattern(self, file: Path, text: str) -> list[Pattern]:
        try:
            return [parse(text, self.lexicon)]
        except ValueError as error:
            self._note(file, f'"{text}"', str(error))
            return []

    def _note(self, file: Path, needle: str, sentence: str) -> None:
        self.problems.append(Problem(file, find_line(file, needle), sentence))
