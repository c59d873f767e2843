"""Who signed a webhook: only those who know the app secret, whatever the header looks like."""

from __future__ import annotations

import pytest

from wablast_box.engine.meta.signature import is_signed, is_verify_token, sign

SECRET = b"It's a Secret to Everybody"
BODY = b"Hello, World!"
GOOD = "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17"


@pytest.mark.feature("CN-09")
def test_metas_own_example_is_accepted_as_text_and_as_bytes() -> None:
    assert is_signed(BODY, GOOD, [SECRET])
    assert is_signed(BODY, GOOD.encode(), [SECRET])
    assert sign(BODY, SECRET) == GOOD


@pytest.mark.feature("CN-09")
@pytest.mark.parametrize(
    "header",
    [
        None,
        "",
        b"",
        "sha256=",
        GOOD.upper(),
        GOOD.replace("sha256=", "SHA256="),
        GOOD.replace("sha256=", "sha1="),
        GOOD.replace("sha256=", ""),
        GOOD[:-1],
        GOOD + "0",
        GOOD + " ",
        " " + GOOD,
        GOOD + "," + GOOD,
        GOOD[:-1] + "é",
        GOOD[:-1] + "\u0660",
        GOOD[:-1] + "\ud800",
        GOOD.encode()[:-1] + b"\xff",
        "sha256=" + "g" * 64,
        "sha256=" + "0" * 64,
        "sha256=" + "a" * 100_000,
    ],
)
def test_any_other_header_is_refused_without_an_exception(header: str | bytes | None) -> None:
    assert is_signed(BODY, header, [SECRET]) is False


def test_the_previous_secret_is_accepted_while_it_is_being_replaced() -> None:
    header = sign(BODY, b"previous")

    assert is_signed(BODY, header, [b"current", b"previous"])
    assert not is_signed(BODY, header, [b"current"])


def test_without_a_secret_nothing_is_accepted() -> None:
    assert not is_signed(BODY, sign(BODY, b""), [b""])
    assert not is_signed(BODY, GOOD, [])


def test_one_changed_byte_of_the_body_breaks_the_signature() -> None:
    assert not is_signed(BODY + b" ", GOOD, [SECRET])


@pytest.mark.feature("CN-08")
def test_only_the_agreed_verify_token_passes() -> None:
    assert is_verify_token("नमस्ते", "नमस्ते")
    assert not is_verify_token("Namaste", "namaste")
    assert not is_verify_token("", "")
    assert not is_verify_token(None, "namaste")
    assert not is_verify_token("\ud800", "namaste")
