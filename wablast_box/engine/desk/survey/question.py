"""The question as a message: a list while the window is open, the owner's template when it is closed."""

from __future__ import annotations

from typing import Any

from wablast_box.engine.inbox.taps import FOR_THE_BOX

SCORES = {5: "Very happy", 4: "Happy", 3: "Neither", 2: "Unhappy", 1: "Very unhappy"}
_PREFIX = f"{FOR_THE_BOX}survey:"


def tap_id(survey_id: int, score: int) -> str:
    """What comes back when the customer taps."""
    return f"{_PREFIX}{survey_id}:{score}"


def read_tap(tapped: str) -> tuple[int, int] | None:
    """Survey and score of a tap; None when it is another one."""
    survey_id, _, score = tapped.removeprefix(_PREFIX).partition(":")
    if not tapped.startswith(_PREFIX) or not _is_number(survey_id) or score not in {"1", "2", "3", "4", "5"}:
        return None
    return int(survey_id), int(score)


def as_list(survey_id: int, question: str) -> dict[str, Any]:
    """Five rows, from very happy to very unhappy."""
    rows = [{"id": tap_id(survey_id, score), "title": title} for score, title in SCORES.items()]
    action = {"button": "Choose", "sections": [{"title": "How was it?", "rows": rows}]}
    return {"type": "interactive", "interactive": {"type": "list", "body": {"text": question}, "action": action}}


def as_template(survey_id: int, name: str, language: str, buttons: int) -> dict[str, Any]:
    """The owner's template: its quick replies go from the best to the worst, however many there are."""
    components = [
        {
            "type": "button",
            "sub_type": "quick_reply",
            "index": str(index),
            "parameters": [{"type": "payload", "payload": tap_id(survey_id, score_of(index, buttons))}],
        }
        for index in range(buttons)
    ]
    return {"type": "template", "template": {"name": name, "language": {"code": language}, "components": components}}


def score_of(index: int, buttons: int) -> int:
    """The first of the buttons is 5, the last is 1."""
    return 5 if buttons == 1 else 5 - round(4 * index / (buttons - 1))


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 19
