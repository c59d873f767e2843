"""Order a translation, and see how far it is."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from wablast_box.engine.ai.providers import chosen
from wablast_box.engine.audit.record import record as audit
from wablast_box.engine.flows.design.flows import flow_of
from wablast_box.engine.flows.design.wording import DONE, MISSING, STALE, UNSEEN, lines
from wablast_box.engine.flows.graph import parse_graph
from wablast_box.engine.flows.translating import tasks
from wablast_box.engine.flows.translating.models import FlowTranslation, TranslationState
from wablast_box.engine.team.actors import Actor
from wablast_box.lib import ids
from wablast_box.lib.claims import is_due
from wablast_box.lib.clock import iso, now
from wablast_box.lib.db import after_commit, transaction
from wablast_box.lib.errors import Conflict, Invalid

MOST_TEXTS = 2000
MOST_SHOWN = 20
KEPT = timedelta(days=30)
# What a person has written or looked at is only written over when they say “all”.
ONLY = {"missing": (MISSING,), "stale": (STALE,), "all": (MISSING, STALE, UNSEEN, DONE)}
_ACTIVE = (TranslationState.WAITING, TranslationState.WORKING)


def order(flow_id: int, to: str, only: str, by: Actor) -> dict[str, Any]:
    """Have texts of the draft translated soon. Raises Conflict without a model or while another order is under way, Invalid."""
    chosen(None)
    if only not in ONLY:
        raise Invalid("Say which ones: missing, stale or all.", field="only")
    with transaction():
        flow = flow_of(flow_id)
        graph = parse_graph(flow.draft_json)
        if to not in graph.languages.others:
            raise Invalid("This flow has no such language.", help="Add it under Languages first.", field="to")
        if FlowTranslation.select().where(FlowTranslation.flow == flow.id, FlowTranslation.state.in_(_ACTIVE)).exists():
            raise Conflict("This flow is being translated already.", code="translation_under_way", help="Wait until it is done.")
        wanted = [[line.node.id, line.words.path] for line in lines(graph, to) if line.state in ONLY[only]]
        if not 0 < len(wanted) <= MOST_TEXTS:
            raise Invalid(_how_many(len(wanted)), code="nothing_to_translate" if not wanted else "too_many", field="only")
        made = FlowTranslation.create(
            id=ids.new_id(), flow=flow.id, language=to, states=",".join(ONLY[only]), left_json=wanted, total=len(wanted),
            state=TranslationState.WAITING, next_attempt_at=now(), ordered_by=by.ref, created_at=now(),
        )  # fmt: skip
        detail = {"language": to, "texts": len(wanted)}
        audit("flow.translated", by=by, subject=f"flow:{flow.id}", subject_name=flow.name, detail=detail)
        after_commit(tasks.translate)
    return view(made)


def orders(flow_id: int) -> list[dict[str, Any]]:
    """The last ones of a flow, the newest first."""
    flow_of(flow_id)
    rows = FlowTranslation.select().where(FlowTranslation.flow == flow_id).order_by(FlowTranslation.id.desc()).limit(MOST_SHOWN)
    return [view(row) for row in rows]


def view(row: FlowTranslation) -> dict[str, Any]:
    """As the API shows it."""
    return {
        "id": str(row.id), "language": row.language, "state": str(row.state), "total": row.total, "done": row.done,
        "refused": row.refused, "error": row.error, "created_at": iso(row.created_at),
    }  # fmt: skip


def work_waiting() -> None:
    """What no bell announced, and what a worker that died has left behind."""
    if is_due(FlowTranslation, pending=TranslationState.WAITING, working=TranslationState.WORKING):
        tasks.translate()


def prune() -> None:
    """Forget those that are long over."""
    with transaction():
        over = FlowTranslation.state.in_((TranslationState.DONE, TranslationState.FAILED))
        FlowTranslation.delete().where(over, FlowTranslation.created_at < now() - KEPT).execute()


def _how_many(count: int) -> str:
    return f"At most {MOST_TEXTS:,} texts are translated at once." if count else "There is nothing to translate."
