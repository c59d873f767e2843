"""Languages: set as BCP 47, guessed from letters only where letters say something."""

from __future__ import annotations

import pytest

from wablast_box.engine.contacts.languages import checked_language, guess_language
from wablast_box.lib.errors import Invalid


@pytest.mark.feature("CT-18")
@pytest.mark.parametrize(
    ("given", "kept"),
    [("HI", "hi"), ("pt_br", "pt-BR"), ("zh-hant-tw", "zh-Hant-TW"), ("es-419", "es-419"), ("", None), (None, None)],
)
def test_a_language_is_kept_in_its_usual_spelling(given: str | None, kept: str | None) -> None:
    assert checked_language(given) == kept


@pytest.mark.parametrize("given", ["hindi!", "h", "english", "hi-", "<b>"])
def test_what_is_no_language_is_refused(given: str) -> None:
    with pytest.raises(Invalid):
        checked_language(given)


@pytest.mark.feature("CT-18")
@pytest.mark.parametrize(
    ("texts", "language"),
    [
        (["नमस्ते, साड़ी कब आएगी?"], "hi"),
        (["வணக்கம்", "ok"], "ta"),
        (["ಹೇಗಿದ್ದೀರಿ"], "kn"),
        (["السلام علیکم"], "ur"),
        (["Hello there, kab aayegi?"], None),
        (["हि"], None),
        ([], None),
    ],
)
def test_letters_say_what_somebody_reads(texts: list[str], language: str | None) -> None:
    assert guess_language(texts) == language
