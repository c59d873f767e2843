"""The API's description, OpenAPI 3.1, made from the routes and their models."""

from __future__ import annotations

import re
from typing import Any

from quart import Blueprint, Quart, current_app
from quart_schema import Info, OpenAPIProvider, QuartSchema, hide

from wablast_box import __version__
from wablast_box.web.auth import allow
from wablast_box.web.schemas import Problem

blueprint = Blueprint("openapi", __name__)
_PROBLEM = {
    "description": "What went wrong and what to do.",
    "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
}


class BoxOpenApi(OpenAPIProvider):
    """Only the API's own routes, named models instead of nested ones, and the one error shape everywhere."""

    def generate_rules(self) -> Any:
        return (rule for rule in super().generate_rules() if rule.rule.startswith("/api/v1/"))

    def build_paths(self, rule: Any) -> Any:
        """The library's own way to write a path swallows what stands between `<id>` and `<int:number>`."""
        found, components = super().build_paths(rule)
        (operations,) = found.values()
        return {re.sub(r"<(?:[^<>:]+:)?([^<>]+)>", r"{\1}", rule.rule): operations}, components

    def schema(self) -> dict[str, Any]:
        schema = super().schema()
        components: dict[str, Any] = schema["components"]["schemas"]
        _hoist(schema["paths"], components)
        problem = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
        components |= problem.pop("$defs")
        components["Problem"] = problem
        for path in schema["paths"].values():
            for operation in path.values():
                responses = {str(status): answer for status, answer in operation["responses"].items()}
                operation["responses"] = {**responses, "default": _PROBLEM}
        return schema


def register_openapi(app: Quart) -> None:
    """Teach the app typed requests and responses."""
    QuartSchema(
        app,
        openapi_path=None,
        info=Info(title="wablast-box", version=__version__),
        conversion_preference="pydantic",
        openapi_provider_class=BoxOpenApi,
        security_schemes={"key": {"type": "http", "scheme": "bearer"}},
        security=[{"key": []}],
    )
    app.json.sort_keys = False  # type: ignore[attr-defined]


@blueprint.get("/openapi.json")
@allow("settings.read")
@hide
async def openapi() -> Any:
    """This description."""
    return description(current_app)  # type: ignore[arg-type]


def description(app: Quart) -> dict[str, Any]:
    """The OpenAPI document of an app."""
    found: dict[str, Any] = app.extensions["QUART_SCHEMA"].openapi_provider.schema()
    return found


def _hoist(node: Any, components: dict[str, Any]) -> None:
    """Move models that stand inline to the components, so that clients get a name for each."""
    if isinstance(node, list):
        for item in node:
            _hoist(item, components)
    if not isinstance(node, dict):
        return
    for key, value in list(node.items()):
        if key == "schema" and isinstance(value, dict) and value.get("type") == "object" and "title" in value:
            components[value["title"]] = value
            node[key] = {"$ref": f"#/components/schemas/{value['title']}"}
        else:
            _hoist(value, components)
