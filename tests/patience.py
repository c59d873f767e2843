"""Limits of time are those of a quiet machine. The suite shares its two cores with browsers and a database: there they are so much longer."""

from __future__ import annotations

BUSY = 4
