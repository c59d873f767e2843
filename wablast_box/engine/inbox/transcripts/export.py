"""Write a conversation into a file that nobody else can open: it has no name on the disk and is gone when it is closed."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, BinaryIO, Literal
from zoneinfo import ZoneInfo

from wablast_box.engine.audit.record import record as audit
from wablast_box.engine.documents.content import Head, Line
from wablast_box.engine.inbox import read
from wablast_box.engine.inbox.thread import activity
from wablast_box.engine.inbox.transcripts.collect import Item, Span, items
from wablast_box.engine.inbox.visibility import Viewer
from wablast_box.engine.settings import store
from wablast_box.engine.team.actors import Actor
from wablast_box.lib import ids, sql
from wablast_box.lib.clock import now
from wablast_box.lib.csv_out import BYTE_ORDER_MARK, csv_line
from wablast_box.lib.db import transaction
from wablast_box.lib.errors import Invalid

MOST_IN_PDF = 5_000
_COLUMNS = ("time", "from", "author", "type", "text", "file", "state", "id")


@dataclass(frozen=True, slots=True)
class Wanted:
    """`since` and `until`: days of the business, both included."""

    format: Literal["pdf", "csv"]
    since: date | None = None
    until: date | None = None
    with_notes: bool = False


@dataclass(slots=True)
class Transcript:
    """The file, and what to call it. Whoever got it closes it."""

    file: BinaryIO
    filename: str
    mime_type: str
    entries: int = 0


def export(viewer: Viewer, actor: Actor, conversation_id: int, wanted: Wanted) -> Transcript:
    """The conversation as a file; that it was taken along is written down, in the log and in its thread."""
    conversation = read.conversation(viewer, conversation_id)
    zone, span = ZoneInfo(store.get("time_zone")), _span(wanted)
    if wanted.format == "pdf":
        _require_short(conversation_id, span)
    # The disk, not the memory: a conversation of years is a large file.
    file = tempfile.TemporaryFile()  # noqa: SIM115 - the web closes it when all of it was sent
    made = Transcript(file, _filename(conversation, wanted), "application/pdf" if wanted.format == "pdf" else "text/csv; charset=utf-8")
    found = _counted(made, items(conversation_id, span, with_notes=wanted.with_notes))
    try:
        if wanted.format == "pdf":
            # Whoever starts the box does not wait for what draws pages.
            from wablast_box.engine.documents.transcript import write_transcript

            write_transcript(file, _head(conversation, actor, wanted, zone), _lines(found, conversation, zone))
        else:
            _write_csv(file, found, conversation, zone)
        _write_down(actor, conversation_id, wanted, made.entries)
    except BaseException:
        file.close()
        raise
    return made


def _counted(made: Transcript, found: Iterator[Item]) -> Iterator[Item]:
    for item in found:
        made.entries += 1
        yield item


def _span(wanted: Wanted) -> Span:
    if wanted.since and wanted.until and wanted.until < wanted.since:
        raise Invalid("The last day lies before the first.", field="until")
    first = ids.first_id_at(_midnight(wanted.since)) if wanted.since else 0
    return Span(first, ids.first_id_at(_midnight(wanted.until + timedelta(days=1))) if wanted.until else None)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, datetime.min.time(), ZoneInfo(store.get("time_zone")))


def _require_short(conversation_id: int, span: Span) -> None:
    ends = span.ends or (1 << 63) - 1
    counted = sql.run(
        f"SELECT COUNT(*) FROM (SELECT 1 FROM message WHERE conversation_id = ? AND id >= ? AND id < ? LIMIT {MOST_IN_PDF + 1}) AS found",
        (conversation_id, span.first, ends),
    )
    if counted[0][0] > MOST_IN_PDF:
        raise Invalid(
            f"A PDF has room for {MOST_IN_PDF:,} messages.", help="Choose fewer days, or take the CSV: it takes any number.", field="format"
        )


def _head(conversation: dict[str, Any], actor: Actor, wanted: Wanted, zone: ZoneInfo) -> Head:
    contact = conversation["contact"]
    facts = [("Number", contact["phone"] or contact["user_id"] or "")]
    if wanted.since or wanted.until:
        facts.append(("Days", f"{wanted.since or '…'} – {wanted.until or '…'}"))
    facts += [("Exported", now().astimezone(zone).strftime("%d %B %Y, %H:%M")), ("By", actor.name), ("Times", str(zone))]
    return Head(contact["name"], store.get("business_name") or "wablast-box", tuple(facts))


def _lines(found: Iterator[Item], conversation: dict[str, Any], zone: ZoneInfo) -> Iterator[Line]:
    for item in found:
        at = datetime.fromisoformat(item.at).astimezone(zone)
        author = _author(item, conversation)
        remark = {"note": "note", "business": item.state if item.state in ("failed", "queued") else ""}.get(item.side, "")
        yield Line(at.strftime("%A, %d %B %Y"), at.strftime("%H:%M"), author, item.text, item.side, remark)


def _write_csv(file: BinaryIO, found: Iterator[Item], conversation: dict[str, Any], zone: ZoneInfo) -> None:
    file.write((BYTE_ORDER_MARK + csv_line(_COLUMNS)).encode())
    for item in found:
        at = datetime.fromisoformat(item.at).astimezone(zone).isoformat(timespec="seconds")
        row = (at, item.side, _author(item, conversation), item.type, item.text, item.file, item.state, item.id)
        file.write(csv_line(row).encode("utf-8", "replace"))


def _author(item: Item, conversation: dict[str, Any]) -> str:
    return conversation["contact"]["name"] if item.author is None else item.author or store.get("business_name") or ""


def _filename(conversation: dict[str, Any], wanted: Wanted) -> str:
    """No name of a customer: files lie about, and a name may hold anything."""
    return f"conversation-{conversation['id']}.{wanted.format}"


def _write_down(actor: Actor, conversation_id: int, wanted: Wanted, entries: int) -> None:
    detail = {"format": wanted.format, "entries": entries, "notes": wanted.with_notes}
    with transaction():
        audit("transcript.exported", by=actor, subject=f"conversation:{conversation_id}", detail=detail)
        activity.record(conversation_id, "exported", actor.ref, {"format": wanted.format})
