"""A button by which the customer calls the shop within WhatsApp."""

from __future__ import annotations

from typing import Any

from wablast_box.engine.flows.node.bubbles import BODY, BUTTON, Label, clip, interactive
from wablast_box.engine.flows.node.step import Step
from wablast_box.engine.flows.nodes.talk import Saying


class SendCallButton(Saying):
    """Sends a message with a button that calls you on WhatsApp. Your number must have calls switched on at Meta."""

    type, title, icon = "send_voice_call", "Send a call button", "phone"
    preview = {"body": "text", "call": "label"}

    text = Label("Text", longest=BODY, lines=4, required=True, spoken=True)
    label = Label("Words on the button", longest=BUTTON, default="Call now", spoken=True)

    def message(self, step: Step) -> dict[str, Any]:
        words = clip(step.fill(self.label), BUTTON) or "Call now"
        action = {"name": "voice_call", "parameters": {"display_text": words}}
        return interactive("voice_call", clip(step.fill(self.text), BODY), action)
