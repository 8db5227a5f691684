"""Seal what belongs to a client: AES-256-GCM, padded, bound to its table, column, row and conversation."""

import hashlib
import os
import struct

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

# Envelope: version, algorithm, key id, nonce, ciphertext with tag (security.md 2.2). The algorithm byte lets another
# cipher stand beside this one later (ASVS 5, 11.2.2).
VERSION, AES_256_GCM = 1, 1
_HEAD = struct.Struct(">BB4s")
# A fresh random 96-bit nonce for each seal; a key of its own for each conversation keeps far below NIST SP 800-38D's 2^32.
NONCE, TAG = 12, 16
# Sizes that ciphertext may have, so that its length tells little (security.md R33); above, multiples of the largest.
SIZES = (128, 512, 2048, 8192)
_LENGTH = struct.Struct(">I")


class Unsealable(Exception):
    """Sealed bytes do not belong where they stand, or were changed. The text says nothing about their content."""


class Seal:
    """Seals and opens the cells of one conversation with its data key."""

    __slots__ = ("_aead", "_conversation", "_head")

    def __init__(self, key: bytes, conversation: str) -> None:
        """Take the conversation's data key; its id is derived from it, so that it outlives every wrapping key."""
        self._aead, self._conversation = AESGCM(key), conversation
        self._head = _HEAD.pack(VERSION, AES_256_GCM, hashlib.sha256(b"msiri1|key id|" + key).digest()[:4])

    def seal(self, plain: bytes, *, table: str, column: str, row: str) -> bytes:
        """Return the envelope of `plain` for one cell."""
        nonce = os.urandom(NONCE)
        return self._head + nonce + self._aead.encrypt(nonce, pad(plain), self._place(table, column, row))

    def open(self, sealed: bytes, *, table: str, column: str, row: str) -> bytes:
        """Return the plain bytes; raises `Unsealable`."""
        head, nonce, ciphertext = _parts(bytes(sealed))
        if head != self._head or len(ciphertext) < TAG:
            raise Unsealable(f"{table}.{column} is no envelope of this version and key")
        try:
            return unpad(self._aead.decrypt(nonce, ciphertext, self._place(table, column, row)))
        except InvalidTag:
            raise Unsealable(f"{table}.{column} cannot be opened") from None

    def _place(self, table: str, column: str, row: str) -> bytes:
        return "|".join(("msiri1", table, column, row, self._conversation)).encode()


def _parts(sealed: bytes) -> tuple[bytes, bytes, bytes]:
    start = _HEAD.size + NONCE
    return sealed[: _HEAD.size], sealed[_HEAD.size : start], sealed[start:]


def pad(plain: bytes) -> bytes:
    """Return `plain` with its length in front, filled up to the next allowed size."""
    whole = _LENGTH.pack(len(plain)) + plain
    largest = SIZES[-1]
    size = next((size for size in SIZES if size >= len(whole)), -(-len(whole) // largest) * largest)
    return whole.ljust(size, b"\0")


def unpad(padded: bytes) -> bytes:
    """Return what `pad` was given."""
    (length,) = _LENGTH.unpack_from(padded)
    return padded[_LENGTH.size : _LENGTH.size + length]
