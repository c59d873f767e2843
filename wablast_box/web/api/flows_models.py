"""Bodies of flows, versions, sessions and rehearsals."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict

from wablast_box.web.schemas import ApiModel, IdStr, JsonObject, Moment


class FlowNodeType(ApiModel):
    """A node type: what the editor's palette shows and how its form is drawn."""

    type: str
    version: int
    title: str
    help: str
    category: str
    icon: str
    fields: JsonObject
    outputs: list[str]
    outputs_from: dict[str, str] | None
    preview: dict[str, str]
    is_slow: bool


class FlowNodeTypeList(ApiModel):
    items: list[FlowNodeType]
    next_cursor: str | None


class FlowStarter(ApiModel):
    """A flow of the gallery."""

    id: str
    name: str
    help: str
    graph: JsonObject


class FlowStarterList(ApiModel):
    items: list[FlowStarter]
    next_cursor: str | None


class FlowVersionInfo(ApiModel):
    number: int
    published_at: Moment
    by: str | None
    note: str | None


class FlowVersionList(ApiModel):
    items: list[FlowVersionInfo]
    next_cursor: str | None


class FlowVersionFull(FlowVersionInfo):
    graph: JsonObject


class FlowLine(ApiModel):
    """A flow in the list. `problems` counts what forbids publishing, `running` who is in it now."""

    id: IdStr
    name: str
    is_on: bool
    published_number: int | None
    has_changes: bool
    starts: list[str]
    problems: int
    running: int
    updated_at: Moment


class FlowList(ApiModel):
    items: list[FlowLine]
    next_cursor: str | None


class Flow(ApiModel):
    """A flow with its draft. The graph's form: docs/reference/flow-graph.schema.json."""

    id: IdStr
    name: str
    is_on: bool
    revision: int
    graph: JsonObject
    published: FlowVersionInfo | None
    has_changes: bool
    updated_at: Moment


class NewFlow(ApiModel):
    name: str
    graph: JsonObject | None = None


class FlowEdit(ApiModel):
    name: str | None = None
    is_on: bool | None = None


class FlowDraft(ApiModel):
    """`revision`: which one was changed; without it the draft is replaced whatever it is."""

    graph: JsonObject
    revision: int | None = None


class FlowProblem(ApiModel):
    """`language`: of which translation; null when it is about the flow itself. `flow_id`: another flow that it is about."""

    node_id: str | None
    field: str | None
    code: str
    message: str
    severity: str
    language: str | None = None
    flow_id: str | None = None


class SavedDraft(ApiModel):
    revision: int
    updated_at: Moment
    has_changes: bool
    problems: list[FlowProblem]


class FlowProblems(ApiModel):
    problems: list[FlowProblem]


class FlowToCheck(ApiModel):
    """Without a graph the draft is checked."""

    graph: JsonObject | None = None


class FlowToPublish(ApiModel):
    """`revision`: of the draft that was seen; another one is not published."""

    note: str | None = None
    revision: int | None = None


class FlowTalk(ApiModel):
    """What a customer says, line by line: a text, {"reply_id": …}, {"skip_s": 3600}, {"media": "image"}, {"location": {…}}.

    `pins` by node id: {"answer": what a call brings, "status": its HTTP status, "error": it fails so, "variables": {name: value} in
    place of the flow's own when the node is played}. `pinned` is the short form: the answers alone.
    """

    messages: list[Any]
    graph: JsonObject | None = None
    contact: JsonObject | None = None
    now: Moment | None = None
    pinned: JsonObject | None = None
    pins: JsonObject | None = None


class Rehearsed(ApiModel):
    """`after`: the line of the talk that set it off."""

    after: int
    node_id: str
    message: JsonObject


class RehearsedAct(ApiModel):
    after: int
    node_id: str
    what: str
    given: JsonObject


class FlowStep(ApiModel):
    number: int
    node_id: str
    node_type: str
    input: JsonObject | None
    output: JsonObject | None
    outcome: str
    error: str | None
    started_at: Moment
    duration_us: int
    after: int | None = None


class FlowStepList(ApiModel):
    items: list[FlowStep]
    next_cursor: str | None


class FlowRehearsal(ApiModel):
    replies: list[Rehearsed]
    acts: list[RehearsedAct]
    steps: list[FlowStep]
    state: str
    node_id: str | None
    reason: str | None
    variables: JsonObject
    resume_at: Moment | None
    now: Moment


class FlowSession(ApiModel):
    id: IdStr
    flow_id: IdStr
    flow_name: str
    version: int
    conversation_id: IdStr
    contact_name: str | None
    state: str
    node_id: str | None
    reason: str | None
    variables: JsonObject
    started_at: Moment
    ended_at: Moment | None
    resume_at: Moment | None
    started_by: str
    is_trial: bool


class FlowSessionList(ApiModel):
    items: list[FlowSession]
    next_cursor: str | None


class FlowSessionQuery(BaseModel):
    model_config = ConfigDict(extra="ignore")
    conversation_id: str | None = None
    flow_id: str | None = None
    state: str | None = None
    limit: str | None = None
    cursor: str | None = None


class FlowCounts(ApiModel):
    started: int
    waiting: int
    ended: int
    failed: int


class FlowNodeCount(ApiModel):
    """`left`: stopped or failed there, or said nothing more for a day."""

    visits: int
    left: int


class FlowStats(ApiModel):
    sessions: FlowCounts
    nodes: dict[str, FlowNodeCount]
    # {"from": node, "output": name, "count": sessions}
    edges: list[JsonObject]
    most: int


class FlowStart(ApiModel):
    """For whom: a conversation, or a number or user id in `to`."""

    conversation_id: str | None = None
    to: str | None = None
    variables: JsonObject | None = None


class FlowResume(ApiModel):
    """What came, under the name that the waiting node gives it."""

    payload: JsonObject


class BotSession(ApiModel):
    """A flow that is played in a conversation, or was played last."""

    id: IdStr
    flow_id: IdStr
    flow_name: str
    is_active: bool
    is_trial: bool
    variables: JsonObject
    started_at: Moment


class Bot(ApiModel):
    """Who answers in a conversation: held, a person does."""

    is_held: bool
    held_at: Moment | None
    session: BotSession | None
