"""Questions that are answered with a place, an address or files."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from wablast_box.engine.flows.node.bubbles import BODY, Label, clip, interactive
from wablast_box.engine.flows.node.fields import Choice, Flag, Number
from wablast_box.engine.flows.node.outcome import Go, Outcome, Wait
from wablast_box.engine.flows.node.step import Step
from wablast_box.engine.flows.nodes.asking import TIMEOUT, Question, words_of

SHORTEST_ADDRESS = 10
FILES = {"any": "Any file", "image": "Pictures", "video": "Videos", "audio": "Sound", "document": "Documents"}


class RequestLocation(Question):
    """Asks for where the customer is, with WhatsApp's own button."""

    type, title, icon = "request_location", "Ask for a location", "map-pin-question"
    sorry = "Please tap the button below and send your location."

    question = Label("Question", lines=3, longest=BODY, required=True, spoken=True)

    def ask(self, step: Step, again: str | None) -> None:
        step.send(interactive("location_request_message", clip(again or step.fill(self.question), BODY), {"name": "send_location"}))

    def read(self, step: Step, said: Mapping[str, Any]) -> Any:
        place = said.get("location") or said.get("content")
        if not isinstance(place, Mapping) or not all(_is_degrees(place.get(name)) for name in ("latitude", "longitude")):
            return None
        kept = {name: float(place[name]) for name in ("latitude", "longitude")}
        return kept | {name: place[name] for name in ("name", "address") if isinstance(place.get(name), str)}


class AskAddress(Question):
    """Asks for a delivery address with WhatsApp's own form. It works for numbers of India; others write it."""

    type, title, icon = "ask_address", "Ask for an address", "home-question"
    sorry = "Please send the whole address with its PIN code."

    question = Label("Question", lines=3, longest=BODY, required=True, spoken=True)
    typed = Flag("Ask in words, without the form", help="For customers outside India.")

    def ask(self, step: Step, again: str | None) -> None:
        text = again or step.fill(self.question)
        if self.typed:
            super().ask(step, text)
            return
        action = {"name": "address_message", "parameters": {"country": "IN"}}
        step.send(interactive("address_message", clip(text, BODY), action))

    def read(self, step: Step, said: Mapping[str, Any]) -> Any:
        form = _form(said)
        if form is not None:
            return form
        words = words_of(said)
        return {"text": words} if said.get("type") == "text" and len(words) >= SHORTEST_ADDRESS else None


class AskMedia(Question):
    """Asks for pictures or other files. Several that come one after the other are one answer."""

    type, title, icon = "ask_media", "Ask for files", "paperclip"
    sorry = "Please send a file: tap the paperclip and choose it."

    kind = Choice("Which files", FILES, default="any")
    most = Number("Files at most", least=1, most=20, default=10)
    gather_s = Number("Wait for further files (seconds)", least=2, most=120, default=8)

    def hear(self, step: Step, said: Mapping[str, Any]) -> Outcome | None:
        files = step.memory.setdefault("files", [])
        one = self.read(step, said)
        if one is None:
            return self._done(step) if files else None
        files.append(one)
        if len(files) >= int(self.most):
            return self._done(step)
        return Wait("reply", step.now + timedelta(seconds=float(self.gather_s)))

    def late(self, step: Step) -> Outcome:
        return self._done(step) if step.memory.get("files") else Go(TIMEOUT)

    def read(self, step: Step, said: Mapping[str, Any]) -> Any:
        kind = str(said.get("type") or "")
        if kind not in FILES or self.kind not in ("any", kind):
            return None
        return {"type": kind, "media_id": said.get("media_id"), "message_id": said.get("message_id"), "caption": words_of(said)}

    def _done(self, step: Step) -> Outcome:
        """The files, and whatever else was said meanwhile stays in the chat."""
        step.set(self.save_as, step.memory.pop("files"))
        return Go()


def _form(said: Mapping[str, Any]) -> dict[str, Any] | None:
    """What the customer filled in. WhatsApp hands it on as text that may be anything."""
    content = said.get("content")
    reply = content.get("nfm_reply") if isinstance(content, Mapping) else None
    if not isinstance(reply, Mapping):
        return None
    given = reply.get("response_json")
    try:
        found = json.loads(given) if isinstance(given, str) else given
    except (ValueError, RecursionError):
        return None
    values = found.get("values", found) if isinstance(found, dict) else None
    return values if isinstance(values, dict) and values else None


def _is_degrees(value: Any) -> bool:
    try:
        return not isinstance(value, bool) and abs(float(value)) <= 180
    except (TypeError, ValueError):
        return False
