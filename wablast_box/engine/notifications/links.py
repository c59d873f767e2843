"""The address that links in letters begin with. The composition root says where it comes from."""

from __future__ import annotations

from collections.abc import Callable

from wablast_box.engine.settings import store

_ask: list[Callable[[], str]] = []


def use_base(ask: Callable[[], str] | None) -> None:
    """Set who knows where this box is reached (None: only the setting does)."""
    _ask[:] = [ask] if ask is not None else []


def base_url() -> str:
    """Where a person reaches this box."""
    return _ask[0]() if _ask else str(store.get("public_url") or "http://127.0.0.1:8422")
