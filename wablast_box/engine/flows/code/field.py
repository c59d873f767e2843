"""The field in which somebody writes code: drawn with letters of one width, never filled with values."""

from __future__ import annotations

from typing import Any

from wablast_box.engine.flows.node.fields import Text


class Code(Text):
    """`language` is what the editor calls it: javascript, or jinja for texts with conditions and loops."""

    def __init__(self, title: str, language: str, *, longest: int, **options: Any):
        super().__init__(title, longest=longest, fills=False, lines=12, **options)
        self.language, self.widget = language, "code"

    def limits(self) -> dict[str, Any]:
        return super().limits() | {"x-language": self.language}
