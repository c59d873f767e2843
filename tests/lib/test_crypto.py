"""Credentials at rest: sealed, bound to their place, useless without the key."""

from __future__ import annotations

from pathlib import Path

import pytest

from wablast_box.engine.settings.models import Secret
from wablast_box.engine.settings.secrets import put_secret, read_secret, secret_state
from wablast_box.lib.crypto import load_or_make_key, seal, unseal
from wablast_box.lib.errors import Unavailable

KEY = b"k" * 32


@pytest.mark.feature("CP-01")
def test_a_stored_credential_is_nowhere_in_the_database_file(box: Path) -> None:
    put_secret("access_token", "EAAG-canary-of-the-shop")

    row = Secret.get()
    assert b"canary" not in bytes(row.sealed)
    assert all(b"EAAG-canary" not in file.read_bytes() for file in box.glob("box.db*"))
    assert read_secret("access_token") == "EAAG-canary-of-the-shop"


def test_a_sealed_value_cannot_be_moved_to_another_place() -> None:
    sealed = seal(KEY, b"token", place="secret|sealed|access_token")

    with pytest.raises(Unavailable):
        unseal(KEY, sealed, place="secret|sealed|app_secret")


def test_a_flipped_bit_is_noticed() -> None:
    sealed = bytearray(seal(KEY, b"token", place="p"))
    sealed[-1] ^= 1

    with pytest.raises(Unavailable):
        unseal(KEY, bytes(sealed), place="p")


@pytest.mark.parametrize("left", [0, 1, 5, 12, 13, 20])
def test_a_value_that_was_cut_off_is_noticed(left: int) -> None:
    with pytest.raises(Unavailable):
        unseal(KEY, seal(KEY, b"token", place="p")[:left], place="p")


def test_the_key_is_made_once_and_for_the_owner_alone(tmp_path: Path) -> None:
    first = load_or_make_key(tmp_path / "secrets.key")

    assert load_or_make_key(tmp_path / "secrets.key") == first
    assert (tmp_path / "secrets.key").stat().st_mode & 0o077 == 0


def test_a_damaged_key_file_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "secrets.key").write_bytes(b"short")

    with pytest.raises(Unavailable) as refused:
        load_or_make_key(tmp_path / "secrets.key")
    assert "Put back" in (refused.value.help or "")


def test_a_replaced_app_secret_stays_valid_as_the_previous_one(box: Path) -> None:
    put_secret("app_secret", "the first secret of the app")
    put_secret("app_secret", "the second secret of the app")

    assert read_secret("app_secret_previous") == "the first secret of the app"


def test_only_a_long_credential_shows_its_last_four(box: Path) -> None:
    put_secret("verify_token", "short one")
    put_secret("access_token", "EAAG0123456789abcdef")

    assert secret_state("verify_token").last4 is None
    assert secret_state("access_token").last4 == "cdef"
