"""`approve`: write into the content files who of the organisation approved an entry, when, and until when."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path

import tomlkit

from knowledge_base import library


class ApprovalProblem(Exception):
    """Nothing was approved; the text is one sentence with the remedy."""


def approve(ids: Sequence[str], by: str, on: date, until: date | None, folder: Path = library.PACKAGED) -> int:
    """Record the approval of the entries `ids` in their files; return how many.

    Either all files are written or none: raises `ApprovalProblem` for an unknown id, no name, or an end that is over.
    """
    if not by.strip():
        raise ApprovalProblem("--by is empty; name the person of the organisation who read the answers")
    if until is not None and until <= on:
        raise ApprovalProblem(f"--until {until} is over already; give a day after {on}, or leave it out")
    review = {"by": by.strip(), "on": f"{on}", "due": f"{until or ''}"}
    files = {path.stem: path for path in folder.rglob("*.toml")}
    _known(ids, files)
    _write({files[one]: _approved(files[one], review) for one in dict.fromkeys(ids)})
    return len({*ids})


def _known(ids: Iterable[str], files: Mapping[str, Path]) -> None:
    if unknown := [one for one in ids if one not in files]:
        raise ApprovalProblem(
            f"no entry is called {', '.join(unknown)}; nothing was approved (python -m bot doctor lists them)"
        )


def _approved(file: Path, review: Mapping[str, str]) -> str:
    """The file's text with the review in it; everything else stays as it was, remarks and layout too."""
    try:
        document = tomlkit.parse(file.read_text("utf-8"))
    except (OSError, ValueError):
        raise ApprovalProblem(f"{file} cannot be read; mend it first (python -m bot check)") from None
    table = document.setdefault("review", tomlkit.table())
    table.update(review)
    return tomlkit.dumps(document)


def _write(texts: Mapping[Path, str]) -> None:
    """Write all beside the files first, so that a full disk is met before the first file changes."""
    beside = {path: path.with_suffix(".toml.new") for path in texts}
    try:
        for path, text in texts.items():
            beside[path].write_text(text, "utf-8", newline="")
        for path, new in beside.items():
            new.replace(path)
    except OSError as error:
        for new in filter(Path.is_file, beside.values()):
            new.unlink()
        raise ApprovalProblem(f"{error.filename} cannot be written; make the content folder writable") from None
