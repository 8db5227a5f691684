"""Keys: made once, opened with the right source only, and every problem told in one clear sentence."""

import base64
import json
import os
import secrets
import stat
from pathlib import Path
from typing import Any

import pytest
from argon2.exceptions import HashingError

from bot.store import rootkey
from bot.store.keyring import KeyProblem, Keyring

PASSPHRASE = "passphrase:mti mkavu hauvunji"


@pytest.fixture
def ring(tmp_path: Path) -> Path:
    return tmp_path / "keys" / "keyring.json"


@pytest.fixture
def root(tmp_path: Path) -> str:
    return f"file:{tmp_path}/root.key"


@pytest.fixture
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    """Passphrases are hashed with little memory here; what they cost is a setting, tested below."""
    monkeypatch.setattr(rootkey, "ARGON_MEMORY_KIB", 64)
    monkeypatch.setattr(rootkey, "ARGON_PASSES", 1)


def told(path: Path, source: str, *, create: bool = False) -> str:
    with pytest.raises(KeyProblem) as problem:
        Keyring.open(path, source, create=create)
    return str(problem.value)


def test_keys_are_made_once_and_open_again(ring: Path, root: str) -> None:
    made = Keyring.open(ring, root, create=True)
    again = Keyring.open(ring, root, create=True)
    assert made.lookup("sms", "+254722000001") == again.lookup("sms", "+254722000001")
    wrapped, generation, plain = made.new_dek("c1")
    assert again.unwrap("c1", generation, wrapped) == plain
    assert (again.audit, again.session) == (made.audit, made.session)
    assert len({made.audit, made.session, plain}) == 3


def test_only_the_owner_may_read_them(ring: Path, root: str) -> None:
    Keyring.open(ring, root, create=True)
    for file in (ring, Path(root.removeprefix("file:"))):
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(ring.parent.stat().st_mode) == 0o700
    assert [file.name for file in ring.parent.iterdir()] == ["keyring.json"]


def test_a_passphrase_opens_however_it_is_typed(ring: Path, cheap: None) -> None:
    made = Keyring.open(ring, "passphrase:cafe\u0301 wa asubuhi", create=True)
    again = Keyring.open(ring, "passphrase:caf\u00e9 wa asubuhi")
    assert made.lookup("web", "x") == again.lookup("web", "x")
    assert "this key or passphrase does not open" in told(ring, "passphrase:another")


def test_a_passphrase_costs_what_was_decided() -> None:
    assert (rootkey.ARGON_MEMORY_KIB, rootkey.ARGON_PASSES) == (128 * 1024, 3)


@pytest.mark.parametrize(
    ("source", "sentence"),
    [
        ("", '[keys] source: must be "file:<path>" or "passphrase"'),
        ("file:", '[keys] source: must be "file:<path>" or "passphrase"'),
        ("vault:x", '[keys] source: must be "file:<path>" or "passphrase"'),
        ("passphrase:", "[keys] source: the passphrase is empty; enter it or set passphrase_file"),
    ],
)
def test_a_source_that_is_none(ring: Path, root: str, source: str, sentence: str) -> None:
    Keyring.open(ring, root, create=True)
    assert told(ring, source) == sentence


def test_missing_files_are_not_made_by_the_way(ring: Path, root: str) -> None:
    assert told(ring, root) == f"[keys] keyring: {ring} does not exist; run: python -m bot migrate"
    Keyring.open(ring, root, create=True)
    key = Path(root.removeprefix("file:"))
    key.unlink()
    assert "does not exist; restore it, since the data cannot be read without it" in told(ring, root)
    assert not key.exists()


def test_the_wrong_key_is_told(ring: Path, root: str, tmp_path: Path) -> None:
    Keyring.open(ring, root, create=True)
    other = tmp_path / "other.key"
    rootkey.write_new(other, base64.b64encode(secrets.token_bytes(32)))
    expected = f"[keys] source: this key or passphrase does not open {ring}; give the one it was made with"
    assert told(ring, f"file:{other}") == expected


@pytest.mark.parametrize("content", [b"", b"short", b"not base64 !", base64.b64encode(b"x" * 31), b"\xff" * 44])
def test_a_file_that_holds_no_key(ring: Path, root: str, content: bytes) -> None:
    Keyring.open(ring, root, create=True)
    key = Path(root.removeprefix("file:"))
    key.write_bytes(content)
    assert told(ring, root) == f"[keys] source: {key} holds no key of 32 bytes; restore the right file"


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660])
def test_a_key_that_others_can_read_is_refused(ring: Path, root: str, mode: int) -> None:
    Keyring.open(ring, root, create=True)
    key = Path(root.removeprefix("file:"))
    key.chmod(mode)
    assert told(ring, root) == f"[keys] source: {key} can be read by others; run: chmod 600 {key}"


def test_a_folder_is_no_file(ring: Path, root: str, tmp_path: Path) -> None:
    Keyring.open(ring, root, create=True)
    assert "cannot be read; check its owner and permissions" in told(ring, f"file:{tmp_path}")
    assert "cannot be read; check its owner and permissions" in told(tmp_path, root)


def damaged(raw: dict[str, Any], how: str) -> object:
    match how:
        case "list":
            return [raw]
        case "no salt":
            return {name: value for name, value in raw.items() if name != "salt"}
        case "no key":
            return {name: value for name, value in raw.items() if name != "audit"}
        case "no generation":
            return raw | {"kek": {}}
        case "named generation":
            return raw | {"kek": {"first": raw["kek"]["1"]}}
        case "number":
            return raw | {"session": 7}
        case "salt":
            return raw | {"salt": "no base64!"}
    return raw | {"kek": []}


@pytest.mark.parametrize(
    "how", ["list", "no salt", "no key", "no generation", "named generation", "number", "salt", "kek"]
)
def test_a_damaged_keyring_is_told(ring: Path, root: str, how: str) -> None:
    Keyring.open(ring, root, create=True)
    ring.write_text(json.dumps(damaged(json.loads(ring.read_text()), how)))
    assert told(ring, root) == f"[keys] keyring: {ring} is damaged; restore it from a backup"


@pytest.mark.parametrize("content", [b"", b"{", b"\xff\xfe", b"null", b"7"])
def test_a_keyring_that_is_no_json_is_told(ring: Path, root: str, content: bytes) -> None:
    Keyring.open(ring, root, create=True)
    ring.write_bytes(content)
    assert told(ring, root) == f"[keys] keyring: {ring} is damaged; restore it from a backup"


def test_a_newer_keyring_is_left_alone(ring: Path, root: str) -> None:
    Keyring.open(ring, root, create=True)
    ring.write_text(json.dumps(json.loads(ring.read_text()) | {"version": 2}))
    before = ring.read_bytes()
    assert told(ring, root, create=True) == f"[keys] keyring: {ring} was made by a newer version; install that one"
    assert ring.read_bytes() == before


def test_keys_are_bound_to_their_purpose(ring: Path, root: str) -> None:
    Keyring.open(ring, root, create=True)
    raw = json.loads(ring.read_text())
    ring.write_text(json.dumps(raw | {"audit": raw["session"]}))
    assert "does not open" in told(ring, root)


def test_a_data_key_opens_for_its_conversation_and_generation_only(ring: Path, root: str) -> None:
    keys = Keyring.open(ring, root, create=True)
    wrapped, generation, _ = keys.new_dek("c1")
    for conversation, number, given in (("c2", generation, wrapped), ("c1", 9, wrapped), ("c1", generation, b"")):
        with pytest.raises(KeyProblem, match="cannot be opened with this keyring"):
            keys.unwrap(conversation, number, given)


def test_lookups_are_keyed_and_kept_apart(ring: Path, root: str, tmp_path: Path) -> None:
    keys = Keyring.open(ring, root, create=True)
    others = Keyring.open(tmp_path / "other.json", f"file:{tmp_path}/other.key", create=True)
    number = "+254722000001"
    found = {keys.lookup("sms", number), keys.lookup("whatsapp", number), others.lookup("sms", number)}
    found |= {keys.code_lookup(number), keys.external_hash("sms", number)[:16], keys.lookup("sms", "\ud800")}
    assert len(found) == 6
    assert {len(one) for one in found} == {16}


def test_what_cannot_be_written_is_told(tmp_path: Path, root: str) -> None:
    (tmp_path / "file").write_text("in the way")
    assert "cannot be made; check that its folder exists and may be written to" in told(
        tmp_path / "ring.json", f"file:{tmp_path}/file/root.key", create=True
    )
    assert "file" in told(tmp_path / "file" / "ring.json", root, create=True)


def test_a_file_is_replaced_completely_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "keyring.json"
    rootkey.replace(file, b"old")
    rootkey.write_new(tmp_path / "keyring.json.new", b"left by a power cut")
    rootkey.replace(file, b"new")
    assert file.read_bytes() == b"new"

    def broken(*_: object) -> None:
        raise OSError("broken on purpose")

    monkeypatch.setattr(os, "fsync", broken)
    with pytest.raises(KeyProblem):
        rootkey.replace(file, b"newest")
    monkeypatch.setattr(Path, "replace", broken)
    monkeypatch.undo()
    assert file.read_bytes() == b"new"


def test_a_rename_that_fails_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise OSError("broken on purpose")

    monkeypatch.setattr(Path, "replace", broken)
    with pytest.raises(KeyProblem, match="cannot be written; check its folder's owner and permissions"):
        rootkey.replace(tmp_path / "keyring.json", b"new")


def test_a_machine_without_the_memory_is_told(ring: Path, cheap: None, monkeypatch: pytest.MonkeyPatch) -> None:
    Keyring.open(ring, PASSPHRASE, create=True)

    def broken(*_: object) -> bytes:
        raise HashingError("no memory")

    monkeypatch.setattr(rootkey, "hash_secret_raw", broken)
    assert told(ring, PASSPHRASE) == "[keys] source: a passphrase needs 128 MiB of memory at the start; free some"


def test_no_problem_tells_a_key_or_a_passphrase(ring: Path, root: str, cheap: None) -> None:
    Keyring.open(ring, PASSPHRASE, create=True)
    assert "mti mkavu" not in told(ring, PASSPHRASE + "x")
