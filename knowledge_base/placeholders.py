"""What only the organisation knows - its name, place, hours, prices - is a `{placeholder}` in an answer, filled when it is said."""

import re
from collections.abc import Mapping

NAMES = ("organisation", "clinic_hours", "clinic_place", "clinic_prices", "clinic_stock", "pep_at_night")
_PLACEHOLDER = re.compile(r"\{(\w*)\}")
_SENTENCE = re.compile(r"\s*[^\s].*?(?:[.!?](?=\s)|$)", re.DOTALL)
_PARAGRAPH = re.compile(r"(\n+)")


def names(text: str) -> frozenset[str]:
    """Return the names of the placeholders in `text`."""
    return frozenset(_PLACEHOLDER.findall(text))


def malformed(text: str) -> str:
    """Return the first brace of `text` that belongs to no placeholder, "" when there is none."""
    found = re.search("[{}]", _PLACEHOLDER.sub("", text))
    return found[0] if found else ""


def filled(text: str, values: Mapping[str, str]) -> str:
    """Return `text` with its placeholders filled. A sentence whose placeholder has no value is left out, and a paragraph
    without sentences too, so that what remains still reads well."""
    if not names(text):
        return text
    parts = _PARAGRAPH.split(text)
    kept = [(_line(line, values), gap) for line, gap in zip(parts[::2], [*parts[1::2], ""], strict=True)]
    return "".join(f"{line}{gap}" for line, gap in kept if line).rstrip("\n")


def _line(line: str, values: Mapping[str, str]) -> str:
    said = (sentence for sentence in _SENTENCE.findall(line) if all(values.get(name) for name in names(sentence)))
    return _PLACEHOLDER.sub(lambda found: values[found[1]], "".join(said).strip())
