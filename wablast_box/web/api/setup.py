"""Connect the number: credentials with their checks, subscription, and the proof that messages go both ways."""

from __future__ import annotations

from quart import Blueprint
from quart_schema import validate_request, validate_response

from wablast_box.engine.ops import proof as proofs
from wablast_box.engine.ops import setup
from wablast_box.engine.ops.number_checks import Credentials
from wablast_box.engine.settings import store
from wablast_box.engine.settings.secrets import SecretState as KnownSecret
from wablast_box.engine.team.actors import Actor
from wablast_box.engine.team.sessions import require_fresh
from wablast_box.web.auth import allow, current_actor
from wablast_box.web.bridge import in_engine
from wablast_box.web.schemas import ApiModel, Moment

blueprint = Blueprint("setup", __name__)


class SecretState(ApiModel):
    set: bool
    last4: str | None
    updated_at: Moment | None


class SetupNumber(ApiModel):
    phone_number_id: str | None
    waba_id: str | None
    access_token: SecretState
    app_secret: SecretState
    verify_token: SecretState
    # Until then webhooks signed with the former app secret count too.
    previous_app_secret_until: Moment | None


class Check(ApiModel):
    name: str
    ok: bool | None
    title: str
    help: str | None


class SetupProof(ApiModel):
    received_at: Moment | None
    sent_at: Moment | None
    message_id: str | None


class Setup(ApiModel):
    finished_at: str | None
    webhook_url: str
    public_url: str | None
    number: SetupNumber
    checks: list[Check]
    checked_at: Moment | None
    proof: SetupProof


class NumberSetup(ApiModel):
    """What is left out stays as it is."""

    phone_number_id: str | None = None
    waba_id: str | None = None
    access_token: str | None = None
    app_secret: str | None = None
    verify_token: str | None = None
    public_url: str | None = None


@blueprint.get("/setup")
@allow("settings.read")
@validate_response(Setup)
async def state() -> Setup:
    """How far the set-up is."""
    return _shown(await in_engine(setup.setup_state))


@blueprint.put("/setup/number")
@allow("integrations.write")
@validate_request(NumberSetup)
@validate_response(Setup)
async def put_number(data: NumberSetup) -> Setup:
    """Store credentials after asking Meta about each; wrong ones are named in `fields` and nothing is stored."""
    await in_engine(_require_fresh, current_actor())
    given = Credentials(**{name: value or "" for name, value in data.model_dump(exclude={"public_url"}).items()})
    await in_engine(setup.store_number, given, public_url=data.public_url, by=current_actor())
    return _shown(await in_engine(setup.setup_state))


@blueprint.delete("/setup/number/previous-app-secret")
@allow("integrations.write")
@validate_response(Setup)
async def forget_previous_app_secret() -> Setup:
    """After a leak: webhooks signed with the former app secret count no more, from now on."""
    await in_engine(require_fresh, current_actor())
    await in_engine(setup.forget_previous_app_secret, by=current_actor())
    return _shown(await in_engine(setup.setup_state))


@blueprint.post("/setup/checks")
@allow("integrations.test")
@validate_response(Setup)
async def checks() -> Setup:
    """Ask Meta again about what is stored."""
    await in_engine(setup.check_again)
    return _shown(await in_engine(setup.setup_state))


@blueprint.post("/setup/subscribe")
@allow("integrations.write")
@validate_response(Setup)
async def subscribe() -> Setup:
    """Have Meta send this number's news to this box."""
    await in_engine(setup.subscribe_number, current_actor())
    return _shown(await in_engine(setup.setup_state))


@blueprint.post("/setup/proof")
@allow("integrations.test")
@validate_response(Setup)
async def prove() -> Setup:
    """Answer the customer who wrote in last."""
    await in_engine(proofs.send_proof, current_actor())
    return _shown(await in_engine(setup.setup_state))


def _require_fresh(actor: Actor) -> None:
    """Nobody is asked twice during the first set-up, which takes as long as Meta's pages take."""
    if store.get("setup_finished_at"):
        require_fresh(actor)


def _shown(found: setup.SetupState) -> Setup:
    return Setup(
        finished_at=found.finished_at,
        webhook_url=found.webhook_url,
        public_url=found.public_url,
        number=SetupNumber(
            phone_number_id=found.phone_number_id or None,
            waba_id=found.waba_id or None,
            previous_app_secret_until=found.previous_app_secret_until,
            **{name: _secret(known) for name, known in found.secrets.items()},
        ),
        checks=[Check(name=one.name, ok=one.ok, title=one.title, help=one.help) for one in found.checks],
        checked_at=found.checked_at,
        proof=SetupProof(
            received_at=found.proof.received_at,
            sent_at=found.proof.sent_at,
            message_id=str(found.proof.message_id) if found.proof.message_id else None,
        ),
    )


def _secret(known: KnownSecret) -> SecretState:
    return SecretState(set=known.is_set, last4=known.last4, updated_at=known.updated_at)
