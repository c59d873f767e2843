"""Which language a person reads: set by staff or flows as BCP 47, guessed from the script that they write."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from wablast_box.lib.errors import Invalid

# What the screens offer; any well-formed code is kept. In their own letters, so that everybody finds theirs.
LANGUAGES: dict[str, str] = {
    "en": "English", "hi": "हिन्दी", "bn": "বাংলা", "mr": "मराठी", "te": "తెలుగు", "ta": "தமிழ்", "gu": "ગુજરાતી", "ur": "اردو",
    "kn": "ಕನ್ನಡ", "or": "ଓଡ଼ିଆ", "ml": "മലയാളം", "pa": "ਪੰਜਾਬੀ", "as": "অসমীয়া", "ne": "नेपाली", "kok": "कोंकणी", "sd": "سنڌي",
    "ar": "العربية", "es": "Español", "pt-BR": "Português", "id": "Indonesia", "fr": "Français", "de": "Deutsch",
}  # fmt: skip
_CODE = re.compile(r"[a-zA-Z]{2,3}([-_][a-zA-Z]{4})?([-_]([a-zA-Z]{2}|\d{3}))?")
# The most spoken language of each script; who writes Marathi in Devanagari is set by hand.
_SCRIPTS = (
    (0x0900, 0x097F, "hi"), (0x0980, 0x09FF, "bn"), (0x0A00, 0x0A7F, "pa"), (0x0A80, 0x0AFF, "gu"), (0x0B00, 0x0B7F, "or"),
    (0x0B80, 0x0BFF, "ta"), (0x0C00, 0x0C7F, "te"), (0x0C80, 0x0CFF, "kn"), (0x0D00, 0x0D7F, "ml"), (0x0600, 0x06FF, "ur"),
)  # fmt: skip
_LEAST_LETTERS = 5


def checked_language(code: str | None) -> str | None:
    """The code in its usual spelling (`pt-BR`, `hi`); None takes it back."""
    if code is None or not code.strip():
        return None
    text = code.strip()
    if not _CODE.fullmatch(text):
        raise Invalid(f"“{text[:20]}” is not a language code.", help="Write it as BCP 47 does: en, hi, ta, pt-BR.", field="language")
    first, *rest = re.split(r"[-_]", text)
    return "-".join([first.lower(), *(part.title() if len(part) == 4 else part.upper() for part in rest)])


def guess_language(texts: Iterable[str]) -> str | None:
    """What somebody who writes like this reads; None for Latin letters, which say nothing."""
    counted = Counter(language for text in texts for letter in text if (language := _of_letter(ord(letter))))
    if not counted:
        return None
    language, letters = counted.most_common(1)[0]
    return language if letters >= _LEAST_LETTERS else None


def _of_letter(code: int) -> str | None:
    return next((language for first, last, language in _SCRIPTS if first <= code <= last), None) if code >= 0x0600 else None
