"""Where the root key comes from (a file, or a passphrase), and how files of keys are written: complete or not at all."""

import base64
import os
import secrets
import stat
import unicodedata
from pathlib import Path

from argon2.exceptions import HashingError
from argon2.low_level import Type, hash_secret_raw

KEY = 32
# Argon2id with 128 MiB and three passes, one lane: what guessing a passphrase costs somebody with the disk (security.md R13;
# OWASP's minimum is 19 MiB and two passes).
ARGON_MEMORY_KIB, ARGON_PASSES = 128 * 1024, 3
SALT = 16
OWNER_ONLY, OWNER_FOLDER = 0o600, 0o700


class KeyProblem(Exception):
    """The keys cannot be had; the text is one sentence naming the place and the remedy."""


def root_key(source: str, salt: bytes, *, create: bool = False) -> bytes:
    """Return the root key from `source`, "file:<path>" or "passphrase:<words>".

    With `create` a missing key file is made. Raises `KeyProblem`.
    """
    kind, _, value = source.partition(":")
    if kind == "file" and value:
        return _from_file(Path(value), create=create)
    if kind == "passphrase":
        return _from_passphrase(value, salt)
    raise KeyProblem('[keys] source: must be "file:<path>" or "passphrase"')


def _from_passphrase(words: str, salt: bytes) -> bytes:
    if not words:
        raise KeyProblem("[keys] source: the passphrase is empty; enter it or set passphrase_file")
    # NIST SP 800-63B: normalise, since keyboards differ in how they compose an accented letter.
    secret = unicodedata.normalize("NFKC", words).encode("utf-8", "surrogatepass")
    try:
        return hash_secret_raw(secret, salt, ARGON_PASSES, ARGON_MEMORY_KIB, 1, KEY, Type.ID)
    except HashingError:
        raise KeyProblem("[keys] source: a passphrase needs 128 MiB of memory at the start; free some") from None


def _from_file(path: Path, *, create: bool) -> bytes:
    if create and not path.exists():
        write_new(path, base64.b64encode(secrets.token_bytes(KEY)) + b"\n")
    where = f"[keys] source: {path}"
    text, mode = _read(path, where)
    if mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise KeyProblem(f"{where} can be read by others; run: chmod 600 {path}")
    try:
        key = base64.b64decode(text.strip(), validate=True)
    except ValueError:
        key = b""
    if len(key) != KEY:
        raise KeyProblem(f"{where} holds no key of {KEY} bytes; restore the right file")
    return key


def _read(path: Path, where: str) -> tuple[bytes, int]:
    try:
        with path.open("rb") as file:
            return file.read(), os.fstat(file.fileno()).st_mode
    except FileNotFoundError:
        raise KeyProblem(f"{where} does not exist; restore it, since the data cannot be read without it") from None
    except OSError:
        raise KeyProblem(f"{where} cannot be read; check its owner and permissions") from None


def write_new(path: Path, data: bytes) -> None:
    """Write a file that did not exist, its owner's alone from the first moment and safe from a power cut."""
    try:
        path.parent.mkdir(mode=OWNER_FOLDER, parents=True, exist_ok=True)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY), "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        _sync(path.parent)
    except OSError:
        raise KeyProblem(f"{path} cannot be made; check that its folder exists and may be written to") from None


def replace(path: Path, data: bytes) -> None:
    """Replace a file in one step that survives a power cut: write beside it, sync, rename, sync the folder."""
    beside = path.with_name(f"{path.name}.new")
    try:
        beside.unlink(missing_ok=True)
        write_new(beside, data)
        beside.replace(path)
        _sync(path.parent)
    except OSError:
        raise KeyProblem(f"{path} cannot be written; check its folder's owner and permissions") from None


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
