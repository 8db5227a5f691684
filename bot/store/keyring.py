"""The keyring: a small file of keys, each wrapped by the root key, which comes from a file or from a passphrase."""

import base64
import hashlib
import hmac
import json
import os
import secrets
from pathlib import Path
from typing import Any, Self

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from bot.store.rootkey import KEY, SALT, KeyProblem, replace, root_key

__all__ = ["KeyProblem", "Keyring"]

VERSION = 1
# NIST SP 800-38D recommends 96 bits; drawn at random, and each key wraps far fewer than 2^32 others.
NONCE = 12
LOOKUP = 16
_FIRST = 1
_PURPOSES = ("identity", "audit", "session")


class Keyring:
    """Wraps and unwraps data keys, and makes the keyed lookups under which clients are found.

    `generation` is that of the wrapping key in use; `audit` and `session` are keys for the log's chain and for sessions.
    """

    def __init__(self, root: bytes, raw: dict[str, Any]) -> None:
        """Open the keys of a keyring file with the root key; raises what a wrong key or a damaged file makes happen."""
        self._wrapping = {int(n): _unwrapped(root, f"kek|{n}", key) for n, key in raw["kek"].items()}
        self._identity, self.audit, self.session = (_unwrapped(root, name, raw[name]) for name in _PURPOSES)
        self.generation = max(self._wrapping)

    @classmethod
    def open(cls, path: Path, source: str, *, create: bool = False) -> Self:
        """Return the keyring in `path`, opened with `source` ("file:<path>" or "passphrase:<words>").

        With `create`, missing files are made. Raises `KeyProblem`.
        """
        if not path.exists():
            if not create:
                raise KeyProblem(f"[keys] keyring: {path} does not exist; run: python -m bot migrate")
            _make(path, source)
        raw, salt = _read(path)
        try:
            return cls(root_key(source, salt), raw)
        except InvalidTag:
            raise KeyProblem(
                f"[keys] source: this key or passphrase does not open {path}; give the one it was made with"
            ) from None
        except (KeyError, ValueError, TypeError, AttributeError):
            raise _damaged(path) from None

    def lookup(self, channel: str, address: str) -> bytes:
        """Return the 128-bit keyed HMAC under which an address is found; without the key it tells nothing."""
        return self._keyed(f"v1|{channel}|{address}")[:LOOKUP]

    def code_lookup(self, code: str) -> bytes:
        """Return the 128-bit keyed HMAC under which an appointment's code is found."""
        return self._keyed(f"code|{code}")[:LOOKUP]

    def external_hash(self, source: str, external_id: str) -> bytes:
        """Return the keyed HMAC of a provider's id, 256 bits."""
        return self._keyed(f"external|{source}|{external_id}")

    def house(self) -> bytes:
        """Return the key for what belongs to no conversation and dies within a day."""
        return self._keyed("house")

    def draw(self, name: str) -> float:
        """Return a number from 0 up to 1 that is always the same for `name`, and known to nobody without the key."""
        return int.from_bytes(self._keyed(f"draw|{name}")[:4], "big") / 2**32

    def _keyed(self, text: str) -> bytes:
        return hmac.new(self._identity, text.encode("utf-8", "surrogatepass"), hashlib.sha256).digest()

    def new_dek(self, conversation: str) -> tuple[bytes, int, bytes]:
        """Return a new data key for a conversation: wrapped, the generation of its wrapping key, plain."""
        plain = secrets.token_bytes(KEY)
        place = _dek_place(conversation, self.generation)
        return _wrap(self._wrapping[self.generation], place, plain), self.generation, plain

    def unwrap(self, conversation: str, generation: int, wrapped: bytes) -> bytes:
        """Return a conversation's data key; raises `KeyProblem` when its wrapping key is gone or another's is given."""
        try:
            return _open(self._wrapping[generation], _dek_place(conversation, generation), bytes(wrapped))
        except (KeyError, ValueError, InvalidTag):
            raise KeyProblem("a conversation's key cannot be opened with this keyring; is it the right one?") from None


def _dek_place(conversation: str, generation: int) -> str:
    return f"dek|{conversation}|{generation}"


def _wrap(key: bytes, place: str, plain: bytes) -> bytes:
    nonce = os.urandom(NONCE)
    return nonce + AESGCM(key).encrypt(nonce, plain, place.encode())


def _open(key: bytes, place: str, wrapped: bytes) -> bytes:
    return AESGCM(key).decrypt(wrapped[:NONCE], wrapped[NONCE:], place.encode())


def _unwrapped(root: bytes, place: str, text: str) -> bytes:
    return _open(root, place, base64.b64decode(text, validate=True))


def _make(path: Path, source: str) -> None:
    salt = secrets.token_bytes(SALT)
    root = root_key(source, salt, create=True)
    raw = {"version": VERSION, "salt": _text(salt), "kek": {str(_FIRST): _fresh(root, f"kek|{_FIRST}")}}
    replace(path, json.dumps(raw | {name: _fresh(root, name) for name in _PURPOSES}).encode())


def _fresh(root: bytes, place: str) -> str:
    return _text(_wrap(root, place, secrets.token_bytes(KEY)))


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _read(path: Path) -> tuple[dict[str, Any], bytes]:
    """Return the keyring's content and its salt."""
    try:
        raw = json.loads(path.read_text("ascii"))
        version, salt = raw["version"], base64.b64decode(raw["salt"], validate=True)
    except OSError:
        raise KeyProblem(f"[keys] keyring: {path} cannot be read; check its owner and permissions") from None
    except (ValueError, KeyError, TypeError):
        raise _damaged(path) from None
    if version != VERSION:
        raise KeyProblem(f"[keys] keyring: {path} was made by a newer version; install that one")
    return raw, salt


def _damaged(path: Path) -> KeyProblem:
    return KeyProblem(f"[keys] keyring: {path} is damaged; restore it from a backup")
