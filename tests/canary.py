"""Look for marks in files, in every form in which a careless program would leave them."""

import base64
from collections.abc import Iterator, Sequence
from pathlib import Path
from urllib.parse import quote, quote_plus


def forms(mark: str) -> dict[str, bytes]:
    """Return the bytes of `mark` in each form, by its name."""
    plain = mark.encode()
    found = {"plain": plain, "utf-16-le": mark.encode("utf-16-le"), "utf-16-be": mark.encode("utf-16-be")}
    found |= {"hex": plain.hex().encode(), "HEX": plain.hex().upper().encode()}
    found |= {f"base64+{shift}": form for shift, form in enumerate(_base64(plain))}
    found |= {"url": quote(mark, safe="").encode(), "url+": quote_plus(mark, safe="").encode()}
    found["url, all of it"] = "".join(f"%{byte:02X}" for byte in plain).encode()
    return found | (_numbers(int(mark)) if mark.isdecimal() else {})


def _base64(plain: bytes) -> Iterator[bytes]:
    """The part of the encoded text that is the same whatever stands before and after, for each of the three places."""
    for shift in range(3):
        encoded = base64.b64encode(bytes(shift) + plain)
        whole = (shift + len(plain)) // 3 * 4
        yield encoded[(0, 2, 3)[shift] : whole]


def _numbers(number: int) -> dict[str, bytes]:
    """As databases store whole numbers: SQLite the 48 bits from the highest on, PostgreSQL the 64 from the lowest."""
    return {"48 bits": number.to_bytes(6, "big"), "64 bits": number.to_bytes(8, "little")}


def found(folders: Sequence[Path], marks: Sequence[str]) -> list[str]:
    """Return where a mark is, as "file: mark as form": in the content and in the name of every file under `folders`."""
    wanted = [(mark, name, form) for mark in marks for name, form in forms(mark).items()]
    return [
        f"{file}: {mark} as {name}"
        for folder in folders
        for file, content in _contents(folder)
        for mark, name, form in wanted
        if form in content
    ]


def _contents(folder: Path) -> Iterator[tuple[Path, bytes]]:
    for file in sorted(folder.rglob("*")):
        try:
            content = file.read_bytes() if file.is_file() else b""
        except FileNotFoundError:  # a running database removes files
            continue
        yield file, str(file.relative_to(folder)).encode() + b"\n" + content
