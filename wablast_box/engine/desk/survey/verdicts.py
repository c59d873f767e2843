"""Take in what customers tapped, and show it. A second tap on the same question replaces the first."""

from __future__ import annotations

from typing import Any

from wablast_box.engine.desk.survey.models import Survey
from wablast_box.engine.desk.survey.question import read_tap
from wablast_box.engine.inbox.events import MessageReceived
from wablast_box.engine.inbox.models import Message
from wablast_box.engine.inbox.taps import tapped_id
from wablast_box.engine.inbox.thread import activity
from wablast_box.lib import sql
from wablast_box.lib.clock import iso, now_ms
from wablast_box.lib.db import transaction
from wablast_box.lib.paging import Page, PageRequest, cut

SCORES_BACK_DAYS = 30


def is_a_tap(event: MessageReceived) -> bool:
    """Only these can be answers to a question of ours."""
    return event.type in ("interactive", "button")


def take_in(event: Any) -> None:
    """Note the score. A tap on somebody else's question counts for nothing."""
    message = Message.get_or_none(Message.id == event.subject_id)
    tapped = None if message is None else read_tap(tapped_id(message.content_json or {}))
    if message is None or tapped is None:
        return
    survey_id, score = tapped
    conversation_id = message.conversation.id
    with transaction():
        noted = sql.run(
            "UPDATE survey SET score = ?, answered_at = ? WHERE id = ? AND conversation_id = ? AND COALESCE(score, 0) <> ? RETURNING id",
            (score, now_ms(), survey_id, conversation_id, score),
        )
        if noted:
            activity.record(conversation_id, "survey", None, {"score": score})


def verdicts_page(request: PageRequest) -> Page[dict[str, Any]]:
    """Answered questions, the newest first."""
    query = Survey.select().where(Survey.score.is_null(False)).order_by(Survey.id.desc()).limit(request.limit + 1)
    rows = list(query if request.after is None else query.where(Survey.id < request.after))
    page = cut(rows, request, lambda row: int(row.id))
    return Page([_view(row) for row in page.items], page.next_cursor)


def summary() -> dict[str, Any]:
    """Of the last 30 days: how many were asked, could not be asked, answered, and how."""
    since = now_ms() - SCORES_BACK_DAYS * 86_400_000
    rows = sql.run("SELECT score, COUNT(*), COUNT(problem) FROM survey WHERE asked_at > ? GROUP BY score", (since,))
    scores = {int(score): int(count) for score, count, _ in rows if score is not None}
    answered = sum(scores.values())
    problems = sum(int(row[2]) for row in rows)
    return {
        "asked": sum(int(row[1]) for row in rows) - problems,
        "not_asked": problems,
        "answered": answered,
        "average": None if not answered else round(sum(score * count for score, count in scores.items()) / answered, 2),
        "scores": {str(score): scores.get(score, 0) for score in range(5, 0, -1)},
    }


def _view(row: Survey) -> dict[str, Any]:
    return {
        "id": str(row.id),
        "conversation_id": str(row.conversation_id),
        "score": row.score,
        "agent_id": None if row.agent_id is None else str(row.agent_id),
        "answered_at": iso(row.answered_at),
    }
