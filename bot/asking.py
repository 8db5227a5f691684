"""`ask`: the understanding without the conversation, for people and for scripts."""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from knowledge_base import Index, danger, language, library, verdict
from knowledge_base.explanation import Reading
from knowledge_base.model import PHRASING_LANGUAGES, Entry

LIMIT = 5


@dataclass(frozen=True, slots=True)
class Knowledge:
    """An index and, where the content has them, the entries behind it."""

    index: Index
    entries: dict[str, Entry]


def knowledge(content: Path | None) -> Knowledge:
    """Return the knowledge in `content`: the packaged folder, another one, or a JSON file. Raises `ContentProblems`."""
    if content is not None and (content.suffix == ".json" or content.is_file()):
        return Knowledge(Index.build(library.load_phrasings(content)), {})
    loaded = library.load(content or library.PACKAGED)
    return Knowledge(loaded.index, dict(loaded.entries))


def found(text: str, known: Knowledge, lang: str | None = None) -> dict[str, Any]:
    """Return what `--jsonl` writes for one question: verdict, up to five matches, alarm, language."""
    matches = known.index.search(text, lang, LIMIT)
    alarm = danger.spot(text)
    return {
        "verdict": type(verdict.judge(matches, known.index.calibration)).__name__.lower(),
        "matches": [{"id": match.entry_id, "score": round(match.score, 4)} for match in matches],
        "alarm": alarm.kind if alarm else None,
        "lang": lang if lang in PHRASING_LANGUAGES else language.detect(text) or "en",
    }


def answer_lines(lines: Iterable[bytes], known: Knowledge, write: Callable[[str], object]) -> None:
    """Answer every line in order; a line that is no question gets an answer that says so, so that none is skipped."""
    for line in lines:
        write(json.dumps(_answer_line(line, known), ensure_ascii=True))


def _answer_line(line: bytes, known: Knowledge) -> dict[str, Any]:
    try:
        asked = json.loads(line)
        text, lang = asked["text"], asked.get("lang")
    except (ValueError, TypeError, KeyError, RecursionError, AttributeError):
        return _no_question()
    return found(text, known, lang) if isinstance(text, str) and isinstance(lang, str | None) else _no_question()


def _no_question() -> dict[str, Any]:
    return {
        "verdict": "unknown",
        "matches": [],
        "alarm": None,
        "lang": "en",
        "error": 'want {"text": "…"} on each line',
    }


def explain(text: str, known: Knowledge) -> str:
    """Return the same for a person to read."""
    answer = found(text, known)
    lines = [f"verdict   {answer['verdict']}", f"language  {answer['lang']}", f"alarm     {answer['alarm'] or '-'}"]
    lines += [
        f"{match['score']:9.2f} {match['id']}  {_title(match['id'], known)}".rstrip() for match in answer["matches"]
    ]
    return "\n".join(lines)


def why(text: str, known: Knowledge) -> str:
    """Return, for a person to read, how every word was read and what speaks for each match."""
    explanation = known.index.explain(text)
    lines = ["", "read as"] + [f"  {_reading(reading)}" for reading in explanation.readings]
    for reason in explanation.reasons:
        match = reason.match
        lines += ["", f"{match.score:.2f} {match.entry_id}  {_title(match.entry_id, known)}".rstrip()]
        lines += [f"  most like: {reason.phrasing}"]
        lines += [f"  {share:+6.2f}  {view}" for view, share in reason.shares.items()]
    return explain(text, known) + "\n" + "\n".join(lines)


def _reading(reading: Reading) -> str:
    if reading.how is None:
        return f"{reading.written}: not understood"
    return f"{reading.written}: {' '.join(reading.meant)} ({reading.how})"


def _title(entry_id: str, known: Knowledge) -> str:
    entry = known.entries.get(entry_id)
    return entry.answer("en").title if entry and entry.answers else ""
