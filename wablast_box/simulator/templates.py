"""The business's message templates: list, create, edit, delete, and Meta's review."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable
from itertools import pairwise
from typing import Any

from wablast_box.lib.clock import now
from wablast_box.simulator.delivery import Delivery
from wablast_box.simulator.errors import GraphError, missing
from wablast_box.simulator.records import Template
from wablast_box.simulator.sending import parsed
from wablast_box.simulator.state import State
from wablast_box.simulator.template_sending import CARD_BODY_MOST, variables
from wablast_box.simulator.wire import Json, Request, Response, answer

Handler = Callable[[Request], Response]
CATEGORIES = ("AUTHENTICATION", "MARKETING", "UTILITY")
LONGEST = {"HEADER": 60, "BODY": 1024, "FOOTER": 60}
CARD_HEADERS = ("IMAGE", "VIDEO", "PRODUCT")
EDITABLE = ("APPROVED", "REJECTED", "PAUSED")


class Templates:
    """The template endpoints."""

    def __init__(self, state: State, delivery: Delivery):
        self._state = state
        self._delivery = delivery

    def waba_routes(self) -> dict[tuple[str, str], Handler]:
        """What stands under /<waba>/."""
        name = "message_templates"
        return {("GET", name): self._list, ("POST", name): self._create, ("DELETE", name): self._delete}

    def routes(self, template_id: str) -> dict[str, Handler]:
        """GET and POST /<template id>."""
        template = self._state.templates.get(template_id)
        if template is None or template.deleted_at is not None:
            return {}
        return {
            "GET": lambda request: answer(_picked(template.public(), request)),
            "POST": lambda request: self._edit(template, request),
        }

    def _list(self, request: Request) -> Response:
        filters = {key: request.query[key] for key in ("name", "status", "language", "category") if key in request.query}
        found = [t for t in self._state.templates.values() if t.deleted_at is None and _fits(t, filters)]
        asked = request.query.get("limit", "25")
        limit = min(int(asked), 250) if asked.isdigit() else 25
        start = _position(request.query.get("after"))
        page = found[start : start + limit]
        shown: Json = {"data": [_picked(template.public(), request) for template in page]}
        if page:
            end = start + len(page)
            shown["paging"] = {"cursors": {"before": _cursor(start), "after": _cursor(end)}}
            if end < len(found):
                shown["paging"]["next"] = f"https://graph.facebook.com{request.path}?limit={limit}&after={_cursor(end)}"
        return answer(shown)

    def _create(self, request: Request) -> Response:
        body = parsed(request.body)
        name, language, category = (body.get(key) for key in ("name", "language", "category"))
        if not isinstance(name, str) or not re.fullmatch(r"[a-z0-9_]{1,512}", name):
            raise GraphError(100, "Param name must have 1 to 512 lower-case letters, digits or underscores.")
        if not isinstance(language, str) or not language:
            raise missing("language")
        if category not in CATEGORIES:
            raise GraphError(100, f"Param category must be one of {', '.join(CATEGORIES)}.")
        _check_components(body.get("components"))
        with self._state.lock:
            if self._state.find_template(name, language) is not None:
                raise GraphError(100, f"There is already {language} content for this template.", subcode=2388024)
            made = Template(self._state.new_number(), name, language, category, body["components"])
            made.parameter_format = body.get("parameter_format", "POSITIONAL")
            self._state.templates[made.id] = made
            self._submit(made)
        return answer({"id": made.id, "status": made.status, "category": made.category})

    def _edit(self, template: Template, request: Request) -> Response:
        body = parsed(request.body)
        if template.status not in EDITABLE:
            raise GraphError(100, f"A template that is {template.status} cannot be edited.")
        if "category" in body and body["category"] != template.category and template.status == "APPROVED":
            raise GraphError(100, "The category of an approved template cannot be changed.")
        if "components" in body:
            _check_components(body["components"])
        with self._state.lock:
            template.category = body.get("category", template.category)
            template.components = body.get("components", template.components)
            self._submit(template)
        return answer({"success": True, "id": template.id, "category": template.category})

    def _delete(self, request: Request) -> Response:
        name, template_id = request.query.get("name"), request.query.get("hsm_id")
        if not name and not template_id:
            raise missing("name")
        with self._state.lock:
            living = (t for t in self._state.templates.values() if t.deleted_at is None)
            found = [t for t in living if t.id == template_id or (not template_id and t.name == name)]
            if not found:
                raise GraphError(100, f"Message template '{name or template_id}' was not found.", subcode=2593002)
            for template in found:
                template.deleted_at, template.status = now(), "DELETED"
                self.report(template, "DELETED")
        return answer({"success": True})

    def _submit(self, template: Template) -> None:
        template.status = "PENDING"
        after_s = self._state.settings.review_after_s
        verdict = self._state.settings.template_verdict
        self._delivery.later(after_s, lambda: self._review(template, verdict))

    def _review(self, template: Template, verdict: str) -> None:
        if template.deleted_at is not None:
            return
        template.status = verdict
        template.rejected_reason = "INVALID_FORMAT" if verdict == "REJECTED" else "NONE"
        self.report(template, verdict)

    def report(self, template: Template, event: str) -> None:
        """The webhook about a template's new status."""
        self._delivery.change(
            "message_template_status_update",
            {
                "event": event,
                "message_template_id": int(template.id),
                "message_template_name": template.name,
                "message_template_language": template.language,
                "message_template_category": template.category,
                "reason": template.rejected_reason,
            },
        )


def _check_components(components: Any) -> None:
    if not isinstance(components, list) or not components:
        raise missing("components")
    if not all(isinstance(component, dict) for component in components):
        raise GraphError(100, "Param components must be an array of objects.")
    if not any(component.get("type") == "BODY" for component in components):
        raise GraphError(100, "A template needs a BODY component.")
    for component in components:
        _check_text(component, LONGEST)
        if component.get("type") == "BUTTONS":
            _check_buttons(component.get("buttons"))
        if component.get("type") == "CAROUSEL":
            _check_cards(component.get("cards"))


def _check_text(component: Json, longest: dict[str, int]) -> None:
    kind, text = component.get("type"), component.get("text") or ""
    if kind in longest and len(text) > longest[kind]:
        raise GraphError(100, f"{kind} text has {len(text)} characters, at most {longest[kind]} are allowed.", subcode=2388040)
    if kind == "BODY" and variables(text) and not component.get("example"):
        raise GraphError(100, "The BODY has variables without an example.", subcode=2388043)
    if kind == "BODY" and re.search(r"^\s*\{\{|\}\}\s*$", text):
        raise GraphError(100, "Variables cannot stand at the start or end of the BODY.", subcode=2388299)


def _check_cards(cards: Any) -> None:
    if not isinstance(cards, list) or not 2 <= len(cards) <= 10:
        raise GraphError(100, "A carousel has 2 to 10 cards.")
    parts = [card.get("components") or [] for card in cards]
    if len({tuple(_made_of(part) for part in own) for own in parts}) > 1:
        raise GraphError(100, "All cards of a carousel must have the same components.")
    for part in (part for own in parts for part in own):
        _check_text(part, {"BODY": CARD_BODY_MOST})
        if part.get("type") == "HEADER" and part.get("format") not in CARD_HEADERS:
            raise GraphError(100, f"The header of a card is one of {', '.join(CARD_HEADERS)}.")
        if part.get("type") == "BUTTONS":
            _check_buttons(part.get("buttons"), most=2)


def _made_of(part: Json) -> tuple[Any, ...]:
    return part.get("type"), part.get("format"), *(button.get("type") for button in part.get("buttons", []))


def _check_buttons(buttons: Any, *, most: int = 10) -> None:
    if not isinstance(buttons, list) or not 1 <= len(buttons) <= most:
        raise GraphError(100, f"There are 1 to {most} buttons.")
    for button in buttons:
        if len(button.get("text", "")) > 25:
            raise GraphError(100, "A button label has at most 25 characters.")
    kinds = [button.get("type") for button in buttons]
    quick = [kind == "QUICK_REPLY" for kind in kinds]
    if sum(one != other for one, other in pairwise(quick)) > 1:
        raise GraphError(100, "Quick replies must stand together.")
    if kinds.count("URL") > 2 or kinds.count("PHONE_NUMBER") > 1:
        raise GraphError(100, "At most two URL buttons and one phone button.")


def _fits(template: Template, filters: dict[str, str]) -> bool:
    shown = template.public()
    return all(str(shown[key]).lower() == wanted.lower() if key != "name" else wanted in template.name for key, wanted in filters.items())


def _picked(shown: Json, request: Request) -> Json:
    fields = request.query.get("fields")
    if not fields:
        return shown
    return {key: shown[key] for key in ("id", *fields.split(",")) if key in shown}


def _cursor(position: int) -> str:
    return base64.urlsafe_b64encode(f"t{position}".encode()).decode()


def _position(cursor: str | None) -> int:
    if not cursor:
        return 0
    try:
        return int(base64.urlsafe_b64decode(cursor.encode()).decode().removeprefix("t"))
    except ValueError:
        raise GraphError(131059, "The cursor is invalid or has expired.") from None
