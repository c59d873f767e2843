"""Passwords: argon2id, at most two at a time, the same work for accounts that do not exist."""

from __future__ import annotations

import os
import re
import threading
from base64 import b64encode
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from wablast_box.lib.errors import Invalid

SHORTEST, LONGEST = 12, 256
_SMALL_MACHINE = 2 * 1024**3
# 64 MiB each: a flood of sign-ins must not eat the memory of the box.
_turns = threading.BoundedSemaphore(2)


def check_password(password: str, *, not_about: Iterable[str] = ()) -> None:
    """Invalid when a password is too short, too long, well known, or made of the words in `not_about`."""
    if not SHORTEST <= len(password) <= LONGEST:
        raise Invalid(
            f"A password needs {SHORTEST} to {LONGEST} characters.",
            help="A few words that only you would put together are best.",
            field="password",
        )
    if _is_common(password):
        raise Invalid("This password is on the lists that attackers try first.", help="Choose one of your own.", field="password")
    letters = _letters(password)
    if any(len(word) >= 3 and letters.replace(word, "") == "" for word in map(_letters, not_about) if letters):
        raise Invalid(
            "This password is your e-mail, your name or your business.",
            help="Choose one that nobody can guess from them.",
            field="password",
        )


def hash_password(password: str) -> str:
    """What is stored of a password."""
    with _turns:
        return _hasher().hash(_bytes(password))


def matches(stored: str | None, password: str) -> bool:
    """Is this the password? Without a stored one the same work is done, so that nobody learns who has an account."""
    with _turns:
        try:
            return _hasher().verify(stored or _dummy(), _bytes(password)) and stored is not None
        except (VerificationError, InvalidHashError):
            return False


def needs_rehash(stored: str) -> bool:
    """Was this hash made with other settings than today's?"""
    return _hasher().check_needs_rehash(stored)


@cache
def _hasher() -> PasswordHasher:
    return PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1) if _memory_bytes() < _SMALL_MACHINE else PasswordHasher()


def _memory_bytes() -> int:
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, ValueError, OSError):
        return _SMALL_MACHINE  # Windows does not say; what runs it has more


def _dummy() -> str:
    """A well-formed hash of no password, with today's cost."""
    hasher = _hasher()
    salt, digest = (b64encode(os.urandom(size)).decode().rstrip("=") for size in (hasher.salt_len, hasher.hash_len))
    return f"$argon2id$v=19$m={hasher.memory_cost},t={hasher.time_cost},p={hasher.parallelism}${salt}${digest}"


def _bytes(password: str) -> bytes:
    # Browsers cannot send lone surrogates, scripts can: they are a wrong password, not a failure.
    return password.encode("utf-8", "surrogatepass")


def _is_common(password: str) -> bool:
    lowered = password.lower()
    return lowered.replace(" ", "") in _common() or _is_repetition(lowered) or _is_run(lowered)


def _is_repetition(text: str) -> bool:
    """aaaaaaaaaaaa, abcabcabcabc, 123412341234."""
    return any(text == (text[:size] * len(text))[: len(text)] for size in range(1, 5))


def _is_run(text: str) -> bool:
    """Neighbours in the alphabet or on the keyboard, there and back: 123456789012, abcdefghijkl, qwertyuiopas."""
    runs = ("0123456789" * 4, "abcdefghijklmnopqrstuvwxyz" * 2, "qwertyuiopasdfghjklzxcvbnm")
    return any(text in run or text[::-1] in run for run in runs)


def _letters(text: str) -> str:
    return re.sub(r"[\W\d_]+", "", text.casefold())


@cache
def _common() -> frozenset[str]:
    return frozenset(files(__package__).joinpath("common_passwords.txt").read_text("utf-8").split())
