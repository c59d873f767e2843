"""A JSON door for tests, demos and benches: make customers, act for them, plan faults, look at what was accepted."""

from __future__ import annotations

import asyncio
from dataclasses import asdict, fields

from quart import Blueprint, Response, request

from wablast_box.lib.clock import iso
from wablast_box.lib.errors import Invalid, NotFound
from wablast_box.simulator.acting import act
from wablast_box.simulator.courier import Posted
from wablast_box.simulator.customers import change_customer, make_customer
from wablast_box.simulator.faults import Fault, FaultKind
from wablast_box.simulator.meta import FakeMeta
from wablast_box.simulator.records import Number, Settings
from wablast_box.simulator.screens import accepted_shown, customer_shown, message_shown
from wablast_box.simulator.template_decisions import decide
from wablast_box.simulator.web import asked, told
from wablast_box.simulator.wire import Json

FAULT_FIELDS = {field.name for field in fields(Fault)} - {"kind", "id"}
NUMBER = {field.name for field in fields(Number)} - {"free_services_used"}
SETTINGS = {field.name for field in fields(Settings)}


def control(meta: FakeMeta) -> Blueprint:
    """Everything under /control."""
    door = Blueprint("control", __name__, url_prefix="/control")
    _customers(door, meta)
    _faults(door, meta)
    _settings(door, meta)
    _templates(door, meta)
    _looking(door, meta)
    _doing(door, meta)
    return door


def _customers(door: Blueprint, meta: FakeMeta) -> None:
    state = meta.state

    @door.get("/customers")
    async def customers() -> Response:
        return told({"items": [customer_shown(each) for each in list(state.customers.values())]})

    @door.post("/customers")
    async def make() -> Response:
        return told(customer_shown(make_customer(meta, await asked())), 201)

    @door.patch("/customers/<customer_id>")
    async def change(customer_id: str) -> Response:
        customer = meta.customer(customer_id)
        change_customer(meta, customer, await asked())
        return told(customer_shown(customer))

    @door.post("/customers/<customer_id>/acts")
    async def do(customer_id: str) -> Response:
        message = act(state, meta.phone(meta.customer(customer_id)), await asked())
        return told(None if message is None else message_shown(message, state), 201)

    @door.get("/customers/<customer_id>/messages")
    async def thread(customer_id: str) -> Response:
        return told({"items": [message_shown(each, state) for each in list(meta.customer(customer_id).thread)]})


def _faults(door: Blueprint, meta: FakeMeta) -> None:
    faults = meta.state.faults

    @door.get("/faults")
    async def planned() -> Response:
        return told({"items": [fault.public() for fault in faults.planned()]})

    @door.post("/faults")
    async def plan() -> Response:
        wanted = await asked()
        kind = wanted.pop("kind", None)
        if kind not in list(FaultKind):
            raise Invalid(f"There is no fault {kind!r}.", field="kind", help=f"One of {', '.join(FaultKind)}.")
        if unknown := set(wanted) - FAULT_FIELDS:
            raise Invalid(f"A fault has no {unknown.pop()!r}.", help=f"It has {', '.join(sorted(FAULT_FIELDS))}.")
        return told(faults.add(kind, **wanted).public(), 201)

    @door.delete("/faults")
    async def call_off() -> Response:
        faults.clear()
        return Response(status=204)

    @door.delete("/faults/<int:fault_id>")
    async def remove(fault_id: int) -> Response:
        faults.remove(fault_id)
        return Response(status=204)


def _settings(door: Blueprint, meta: FakeMeta) -> None:
    @door.get("/settings")
    async def settings() -> Response:
        return told(asdict(meta.state.settings))

    @door.patch("/number")
    async def change_number() -> Response:
        """Quality, limit, registration: what Meta may change about the number overnight."""
        number, wanted = meta.state.number, await asked()
        if unknown := set(wanted) - NUMBER:
            raise Invalid(f"The number has no {unknown.pop()!r}.", help=f"It has {', '.join(sorted(NUMBER))}.")
        for name, value in wanted.items():
            setattr(number, name, value)
        return told({name: getattr(number, name) for name in sorted(NUMBER)})

    @door.patch("/settings")
    async def change_settings() -> Response:
        wanted = await asked()
        if unknown := set(wanted) - SETTINGS:
            raise Invalid(f"There is no setting {unknown.pop()!r}.", help=f"There are {', '.join(sorted(SETTINGS))}.")
        for name, value in wanted.items():
            setattr(meta.state.settings, name, tuple(value) if isinstance(value, list) else value)
        return told(asdict(meta.state.settings))


def _templates(door: Blueprint, meta: FakeMeta) -> None:
    @door.get("/templates")
    async def templates() -> Response:
        return told({"items": [each.public() for each in list(meta.state.templates.values()) if each.deleted_at is None]})

    @door.patch("/templates/<template_id>")
    async def change_template(template_id: str) -> Response:
        """By Meta's id, or by name where one language has it: pause, refuse, rate, move, rewrite."""
        living = [each for each in meta.state.templates.values() if each.deleted_at is None]
        found = next((each for each in living if template_id in (each.id, each.name)), None)
        if found is None:
            raise NotFound(f"There is no template {template_id!r}.", help="Look at /control/templates.")
        decide(meta.delivery, found, await asked())
        return told(found.public())


def _looking(door: Blueprint, meta: FakeMeta) -> None:
    state, courier = meta.state, meta.courier

    @door.get("/messages")
    async def messages() -> Response:
        to, limit = request.args.get("to"), request.args.get("limit", 100, type=int)
        found = [each for each in reversed(list(state.accepted)) if to in (None, each.customer.phone, each.customer.id)]
        return told({"items": [accepted_shown(each) for each in found[:limit]], "count": state.accepted_count})

    @door.get("/webhooks")
    async def webhooks() -> Response:
        limit = request.args.get("limit", 50, type=int)
        return told({"items": [_posted(each) for each in list(courier.posted)[-limit:][::-1]]})

    @door.get("/stats")
    async def stats() -> Response:
        waiting = {"webhooks_waiting": courier.waiting(), "steps_waiting": meta.delivery.waiting()}
        return told({"accepted": state.accepted_count, **waiting, **asdict(courier.tally)})


def _doing(door: Blueprint, meta: FakeMeta) -> None:
    @door.post("/webhooks")
    async def send_webhook() -> Response:
        wanted = await asked()
        if not isinstance(wanted.get("field"), str):
            raise Invalid("A webhook needs a field.", field="field")
        value = wanted.get("value", {})
        if not isinstance(value, dict):
            raise Invalid("The value of a webhook is an object.", field="value")
        meta.change(wanted["field"], value)
        return Response(status=202)

    @door.post("/wait")
    async def wait() -> Response:
        """Until nothing is on its way any more."""
        timeout_s = float((await asked()).get("timeout_s", 5))
        for _ in range(int(timeout_s / 0.01)):
            if not meta.courier.waiting() and not meta.delivery.waiting():
                return told({"idle": True})
            await asyncio.sleep(0.01)
        return told({"idle": False})

    @door.post("/clear")
    async def clear() -> Response:
        meta.clear()
        return Response(status=204)


def _posted(posted: Posted) -> Json:
    shown = {"url": posted.url, "status": posted.status, "attempt": posted.attempt, "at": iso(posted.at)}
    return shown | {"body": posted.body.decode()}
