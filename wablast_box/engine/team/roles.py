"""Four roles and what each may do. The whole table: nothing else decides."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    OWNER = "OWNER"
    ADMIN = "ADMIN"
    AGENT = "AGENT"
    ANALYST = "ANALYST"
