"""Language models: whom the box asks, whether they answer, and what they cost."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Any, Literal

from pydantic import Field
from quart import Blueprint
from quart_schema import validate_querystring, validate_request, validate_response

from wablast_box.engine.ai import providers, read, trying
from wablast_box.engine.ai.models import AiProvider as ProviderRow
from wablast_box.engine.ai.models import AiUsage as UsageRow
from wablast_box.engine.ai.models import CallState, Kind
from wablast_box.engine.flows.named import names_of
from wablast_box.lib.ids import parse_id
from wablast_box.lib.paging import page_request
from wablast_box.web.auth import allow, current_actor
from wablast_box.web.bridge import in_engine
from wablast_box.web.schemas import ApiModel, Moment, PageQuery

blueprint = Blueprint("ai", __name__)
Line = Annotated[str, Field(max_length=2000)]
Price = Annotated[int, Field(ge=0, le=10_000_000)]


class AiProvider(ApiModel):
    """The key itself is never given back. Prices are in paise for a million tokens; 0 is not known, or nothing."""

    id: str
    name: str
    kind: Kind
    base_url: str
    model: str
    has_key: bool
    key_last4: str | None
    allows_private: bool
    price_in_paise: int
    price_out_paise: int
    is_default: bool
    created_at: Moment
    updated_at: Moment


class AiProviderList(ApiModel):
    items: list[AiProvider]
    next_cursor: str | None


class NewAiProvider(ApiModel):
    """`allows_private`: this address is in your own network. Only who may change integrations says so."""

    name: Line
    kind: Kind
    base_url: Line
    model: Line
    key: Line | None = None
    allows_private: bool = False
    price_in_paise: Price = 0
    price_out_paise: Price = 0
    is_default: bool = False


class AiProviderChange(ApiModel):
    """What is left out stays. With another server and no new key the old one is forgotten; an empty key takes it away."""

    name: Line | None = None
    kind: Kind | None = None
    base_url: Line | None = None
    model: Line | None = None
    key: Line | None = None
    allows_private: bool | None = None
    price_in_paise: Price | None = None
    price_out_paise: Price | None = None
    is_default: Literal[True] | None = None


class AiTried(ApiModel):
    """`text` is what the model answered, or why it could not."""

    is_ok: bool
    text: str
    help: str | None
    duration_ms: int
    tokens_in: int
    tokens_out: int


class AiUsageGroup(ApiModel):
    """Cost in millionths of a paisa. `name`: the provider's, or the flow's; of what no flow asked, who did."""

    name: str
    calls: int
    tokens_in: int
    tokens_out: int
    cost_micro_paise: int


class AiUsageQuery(ApiModel):
    month: Annotated[str, Field(max_length=7)] | None = None


class AiUsage(ApiModel):
    """A month where the shop is, such as 2026-11. `cap_…` 0: there is none. `unpriced_tokens`: of calls without a price."""

    month: str
    calls: int
    tokens_in: int
    tokens_out: int
    cost_micro_paise: int
    unpriced_tokens: int
    cap_rupees: int
    cap_tokens: int
    by_provider: list[AiUsageGroup]
    by_flow: list[AiUsageGroup]


class AiCall(ApiModel):
    """One question to a model. While it is under way, and where nobody knows what became of it, it counts at its most."""

    id: str
    at: Moment
    provider_name: str
    model: str
    purpose: str
    asked_by: str
    flow_name: str | None
    ref: str
    state: CallState
    tokens_in: int
    tokens_out: int
    cost_micro_paise: int
    duration_ms: int | None
    error: str | None


class AiCallList(ApiModel):
    items: list[AiCall]
    next_cursor: str | None


@blueprint.get("/ai/providers")
@allow("settings.read")
@validate_response(AiProviderList)
async def ai_providers() -> AiProviderList:
    """Whom the box can ask, by name."""
    return AiProviderList(items=[_provider(row) for row in await in_engine(providers.all_providers)], next_cursor=None)


@blueprint.post("/ai/providers")
@allow("settings.write")
@validate_request(NewAiProvider)
@validate_response(AiProvider, 201)
async def add_ai_provider(data: NewAiProvider) -> Any:
    """Add one. The first is asked unless a node says otherwise."""
    return _provider(await in_engine(providers.add_provider, data.model_dump(), by=current_actor())), 201


@blueprint.patch("/ai/providers/<id>")
@allow("settings.write")
@validate_request(AiProviderChange)
@validate_response(AiProvider)
async def change_ai_provider(id: str, data: AiProviderChange) -> AiProvider:
    """Change it."""
    changes = data.model_dump(exclude_unset=True)
    return _provider(await in_engine(providers.change_provider, parse_id(id), changes, by=current_actor()))


@blueprint.delete("/ai/providers/<id>")
@allow("settings.write")
async def delete_ai_provider(id: str) -> tuple[str, int]:
    """Delete it. Nodes that name it go on by “error”."""
    await in_engine(providers.delete_provider, parse_id(id), by=current_actor())
    return "", 204


@blueprint.post("/ai/providers/<id>/test")
@allow("settings.write")
@validate_response(AiTried)
async def test_ai_provider(id: str) -> AiTried:
    """Ask it one short question. It counts as any other."""
    return AiTried(**asdict(await in_engine(trying.try_provider, parse_id(id), by=current_actor())))


@blueprint.get("/ai/usage")
@allow("settings.read")
@validate_querystring(AiUsageQuery)
@validate_response(AiUsage)
async def ai_usage(query_args: AiUsageQuery) -> AiUsage:
    """What a month has come to, by provider and by flow."""
    found = await in_engine(read.month, query_args.month)
    names = await in_engine(names_of, [one.name for one in found.by_asker])
    whole = asdict(found.whole)
    del whole["name"]
    return AiUsage(
        month=found.key, **whole, unpriced_tokens=found.unpriced_tokens, cap_rupees=found.cap_rupees, cap_tokens=found.cap_tokens,
        by_provider=[AiUsageGroup(**asdict(one)) for one in found.by_provider],
        by_flow=[AiUsageGroup(**{**asdict(one), "name": names.get(one.name, one.name)}) for one in found.by_asker],
    )  # fmt: skip


@blueprint.get("/ai/calls")
@allow("settings.read")
@validate_querystring(PageQuery)
@validate_response(AiCallList)
async def ai_calls(query_args: PageQuery) -> AiCallList:
    """The ledger, newest first."""
    page = await in_engine(read.calls, page_request(query_args.limit, query_args.cursor))
    names = await in_engine(names_of, [row.asked_by for row in page.items])
    return AiCallList(items=[_call(row, names) for row in page.items], next_cursor=page.next_cursor)


def _provider(row: ProviderRow) -> AiProvider:
    return AiProvider(
        id=str(row.id), name=row.name, kind=Kind(row.kind), base_url=row.base_url, model=row.model, has_key=row.sealed_key is not None,
        key_last4=row.key_last4, allows_private=row.allows_private, price_in_paise=row.price_in_paise, price_out_paise=row.price_out_paise,
        is_default=row.is_default, created_at=row.created_at, updated_at=row.updated_at,
    )  # fmt: skip


def _call(row: UsageRow, names: dict[str, str]) -> AiCall:
    return AiCall(
        id=str(row.id), at=row.created_at, provider_name=row.provider_name, model=row.model, purpose=row.purpose, asked_by=row.asked_by,
        flow_name=names.get(row.asked_by), ref=row.ref, state=CallState(row.state), tokens_in=row.tokens_in, tokens_out=row.tokens_out,
        cost_micro_paise=row.cost_micro_paise, duration_ms=row.duration_ms, error=row.error,
    )  # fmt: skip
