"""Which passwords are refused, and that checking one costs the same for everybody."""

from __future__ import annotations

import pytest
from argon2 import PasswordHasher

from wablast_box.engine.team import passwords
from wablast_box.lib.errors import Invalid


@pytest.mark.feature("CP-09")
@pytest.mark.parametrize(
    "password",
    ["", "a", "eleven char", "x" * 257, "password1234", "PassWord1234", "correct horse battery staple", "aaaaaaaaaaaaaa",
     "abcabcabcabc", "123456789012", "qwertyuiopas", "mnbvcxzlkjhgf", "krishna@1234", "AshaStores2024!!", "asha@example.com", "Asha-Asha-12345"],
)  # fmt: skip
def test_a_password_that_can_be_guessed_is_refused(password: str) -> None:
    with pytest.raises(Invalid) as refused:
        passwords.check_password(password, not_about=("Asha", "asha@example.com", "asha", "Asha Stores"))

    assert refused.value.field == "password"


@pytest.mark.parametrize(
    "password", ["marigold on the 7th stair", "नमस्ते दुनिया मेरी", "🦜🦜parrot🦜🦜sings", "x" * 11 + "yz", "asha sells red shoes"]
)
def test_any_other_password_is_accepted(password: str) -> None:
    passwords.check_password(password, not_about=("Asha", "asha@example.com", "asha", "Asha Stores", ""))


def test_what_is_stored_opens_for_its_password_only() -> None:
    stored = passwords.hash_password("marigold on the 7th stair")

    assert stored.startswith("$argon2id$")
    assert passwords.matches(stored, "marigold on the 7th stair")
    assert not passwords.matches(stored, "marigold on the 8th stair")
    assert not passwords.matches(stored, "\ud800" * 12)


def test_an_unknown_account_costs_a_whole_verification(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []
    hasher = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
    real = hasher.verify

    class Watching(PasswordHasher):
        def verify(self, hash: str, password: bytes) -> bool:  # type: ignore[override]
            seen.append(hash)
            return bool(real(hash, password))

    monkeypatch.setattr(passwords, "_hasher", lambda: Watching(time_cost=1, memory_cost=64, parallelism=1))

    assert not passwords.matches(None, "marigold on the 7th stair")
    assert len(seen) == 1 and seen[0].startswith("$argon2id$v=19$m=64,t=1,p=1$")


def test_the_shipped_cost_is_that_of_the_threat_model(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    passwords._hasher.cache_clear()
    monkeypatch.setattr(passwords, "_memory_bytes", lambda: 8 * 1024**3)
    big = passwords._hasher()
    passwords._hasher.cache_clear()
    monkeypatch.setattr(passwords, "_memory_bytes", lambda: 1024**3)
    small = passwords._hasher()
    passwords._hasher.cache_clear()

    assert (big.time_cost, big.memory_cost, big.parallelism) == (3, 65536, 4)
    assert (small.time_cost, small.memory_cost, small.parallelism) == (2, 19456, 1)
