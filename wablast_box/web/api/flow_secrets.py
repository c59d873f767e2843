"""Secrets for flows: by name only, once they are put in."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field
from quart import Blueprint
from quart_schema import validate_request, validate_response

from wablast_box.engine.flows.design import secrets
from wablast_box.web.auth import allow, current_actor, fresh
from wablast_box.web.bridge import in_engine
from wablast_box.web.schemas import ApiModel, IdStr, Moment

blueprint = Blueprint("flow_secrets", __name__)


class SecretUse(ApiModel):
    """A flow whose draft or published version names it."""

    id: IdStr
    name: str


class FlowSecret(ApiModel):
    """All that anybody is told about it. It goes to these hosts only. `last4` null: too short to show any of it."""

    name: str
    last4: str | None
    hosts: list[str]
    updated_at: Moment
    used_by: list[SecretUse]


class FlowSecretList(ApiModel):
    items: list[FlowSecret]
    next_cursor: str | None


class FlowSecretValue(ApiModel):
    """`hosts`: where it may go, such as api.example.com or erp.example.com:8443."""

    value: Annotated[str, Field(max_length=5000)]
    hosts: Annotated[list[Annotated[str, Field(max_length=2000)]], Field(max_length=50)]


@blueprint.get("/flow-secrets")
@allow("flows.write")
@validate_response(FlowSecretList)
async def flow_secrets() -> Any:
    """Every secret that flows can name as {{secret.name}}."""
    return {"items": await in_engine(secrets.all_secrets), "next_cursor": None}


@blueprint.put("/flow-secrets/<name>")
@allow("integrations.write")
@fresh
@validate_request(FlowSecretValue)
@validate_response(FlowSecret)
async def put_flow_secret(name: str, data: FlowSecretValue) -> Any:
    """Put one in, or replace it: its value and where it goes, always together."""
    return await in_engine(secrets.put_secret, name, data.value, data.hosts, by=current_actor())


@blueprint.delete("/flow-secrets/<name>")
@allow("integrations.write")
@fresh
async def delete_flow_secret(name: str) -> tuple[str, int]:
    """Take it away: flows that name it go by their error way."""
    await in_engine(secrets.delete_secret, name, by=current_actor())
    return "", 204
