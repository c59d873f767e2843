"""What every request and response model of the API shares."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, PlainSerializer, WithJsonSchema

from wablast_box.lib.clock import iso

# Ids are 63-bit integers inside and decimal strings outside: JavaScript would round them.
IdStr = Annotated[str, BeforeValidator(lambda value: str(value) if isinstance(value, int) else value)]
Moment = Annotated[datetime, PlainSerializer(lambda value: iso(value), return_type=str)]

# A day as a calendar writes it; JSON has no type of its own for it.
Day = Annotated[date, BeforeValidator(lambda value: date.fromisoformat(value) if isinstance(value, str) else value)]


class ApiModel(BaseModel):
    """A body of the API: a key that nobody knows is an error, not a silence."""

    model_config = ConfigDict(extra="forbid")


class FieldProblem(ApiModel):
    field: str
    message: str
    help: str | None = None


class ErrorDetail(ApiModel):
    code: str
    message: str
    help: str | None = None
    field: str | None = None
    # Each wrong input, when there was more than one.
    fields: list[FieldProblem] = []
    reference: str | None = None


class Problem(ApiModel):
    """The one error shape."""

    error: ErrorDetail


class PageQuery(BaseModel):
    """`?limit=&cursor=` of every list; read as text so that a wrong one gets our own words."""

    model_config = ConfigDict(extra="ignore")
    limit: Annotated[str | None, WithJsonSchema({"type": "integer", "minimum": 1, "maximum": 200})] = None
    cursor: str | None = None


JsonObject = dict[str, Any]


def listing(page: Any) -> JsonObject:
    """A page as every list of the API looks."""
    return {"items": page.items, "next_cursor": page.next_cursor}
