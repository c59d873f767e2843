"""Message templates as Meta keeps them: read all pages of the list."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from wablast_box.engine.meta.client import GraphClient
from wablast_box.engine.meta.errors import GraphError, Unclear

EXPIRED_CURSOR = 131059
PAGE_SIZE, MAX_PAGES = "100", 100
FIELDS = "id,name,language,status,category,sub_category,parameter_format,components,quality_score,rejected_reason,previous_category"


def list_templates(client: GraphClient, waba_id: str, *, status: str | None = None) -> list[dict[str, Any]]:
    """Every template of the account. A cursor that expires half-way means: once more from the beginning."""
    path = f"{waba_id}/message_templates"
    params = {"fields": FIELDS, "limit": PAGE_SIZE} | ({"status": status} if status else {})
    try:
        return list(each_row(client, path, params))
    except GraphError as refused:
        if refused.meta_code != EXPIRED_CURSOR:
            raise
        return list(each_row(client, path, params))


def each_row(client: GraphClient, path: str, params: dict[str, str]) -> Iterator[dict[str, Any]]:
    """The rows of all pages. Ends when there is no next page, or when Meta repeats a cursor.

    Raises Unclear for an answer that is no list: whoever compares must not take it for an empty one.
    """
    after: str | None = None
    for _ in range(MAX_PAGES):
        answer = client.get(path, **(params | ({"after": after} if after else {})))
        rows, paging = answer.get("data"), answer.get("paging")
        if not isinstance(rows, list):
            raise Unclear("Meta's answer holds no list")
        yield from (row for row in rows if isinstance(row, dict))
        cursors = paging.get("cursors") if isinstance(paging, dict) else None
        found = cursors.get("after") if isinstance(cursors, dict) else None
        if not isinstance(paging, dict) or not paging.get("next") or not isinstance(found, str) or found == after:
            return
        after = found
