"""Writes docs/reference from the code: settings, events, commands, permissions, refusals, the form of flows, and the API's description.

`python docs/generate_reference.py` writes the pages; a test compares them with the code.
"""

from __future__ import annotations

import argparse
import dataclasses
import importlib
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
REFERENCE = ROOT / "docs" / "reference"
sys.path.insert(0, str(ROOT))

from wablast_box import cli  # noqa: E402
from wablast_box.config import BootConfig, load_config  # noqa: E402
from wablast_box.engine.flows.design.form import graph_schema  # noqa: E402
from wablast_box.engine.meta.error_codes import CODES  # noqa: E402
from wablast_box.engine.settings.registry import SETTINGS, SettingSpec  # noqa: E402
from wablast_box.engine.team.roles import GRANTABLE, PERMISSIONS, PERSON_ONLY, Role  # noqa: E402
from wablast_box.web.app import create_app  # noqa: E402
from wablast_box.web.auth import route_table  # noqa: E402
from wablast_box.web.openapi import description  # noqa: E402

MADE = "<!-- Made by docs/generate_reference.py from the code. Change the code, then run `make docs`. -->\n\n"
BOOT_HELP = {
    "data_dir": "The data folder: everything the box knows lies in it. Flag: `--data`.",
    "bind": "Where the box listens, HOST:PORT. Flag: `--bind`.",
    "public_url": "Where Meta and browsers reach the box, with https. Flag: `--public-url`.",
    "graph_url": "Where Meta's Graph API is. Another one is for tests and the demo.",
    "google_url": "Where people sign in with Google. Another one is for tests.",
    "database_url": "`postgresql://USER:PASSWORD@HOST/NAME` to keep the tables on PostgreSQL instead of in the data folder.",
    "log_level": "How much is written to the logs: debug, info, warning or error.",
    "trusted_proxies": "Addresses of reverse proxies, separated by commas, whose `X-Forwarded-…` headers are believed.",
    "inside_addresses": "Servers in your own network that webhooks may be forwarded to, `HOST:PORT` exactly, separated by commas.",
}
INTROS = {
    "settings": """# Settings

Three kinds that never mix: what must be known before the database opens, what the business decides,
and credentials, which are sealed.

## Before the start

Environment variables; a flag of the same meaning wins. Nothing else is read from the environment.
""",
    "events": """# Events

What happened here, in the past tense. Each is kept in the order of its id; some wake listeners, some reach open windows.
""",
    "permissions": """# Roles and permissions

Four roles, and those that a business makes of the same permissions: based on ADMIN, AGENT or ANALYST, never on OWNER. An AGENT
sees and answers what is assigned to them or to nobody, unless the settings or a role say otherwise; an ANALYST sees customers
masked. The last column says on which bases a role of one's own may hold the permission.

""",
    "refusals": """# What Meta's refusals mean

The box decides by Meta's code, never by the HTTP status. What it does not know it shows with Meta's own words.

| code | what it means | what to do | what the box does |
|---:|---|---|---|
""",
    "api": """# The API

`/api/v1`, JSON in and out, `Authorization: Bearer wbx_…` with a key from `wablast-box api-key create` or Settings.
The machine-readable description is [openapi.json](openapi.json), and `GET /api/v1/openapi.json` of every box.

Lists take `limit` (50 unless given, at most 200) and `cursor`, and answer `{"items": […], "next_cursor": …}`, newest first.
Every refusal looks alike: `{"error": {"code", "message", "help", "field", "reference"}}`.
When several fields were wrong, `fields` lists each with its own words.

| call | needs | what it does |
|---|---|---|
""",
}
RETRY_WORDS = {
    "never": "shown, not tried again",
    "backoff": "tries again with growing pauses",
    "pair": "tries again; only this customer waits",
    "day": "tries again after a day or more",
    "fix": "waits for a person",
    "stop_all": "stops all sending until a person mends it",
}


def pages() -> dict[str, str]:
    """File name → text of everything in docs/reference."""
    app = create_app(load_config({"data_dir": "/var/lib/wablast-box"}, {}))
    return {
        "settings.md": settings_page(),
        "events.md": events_page(),
        "commands.md": commands_page(),
        "permissions.md": permissions_page(),
        "refusals.md": refusals_page(),
        "api.md": api_page(app),
        "flow-graph.schema.json": json.dumps(graph_schema(), indent=1, ensure_ascii=False) + "\n",
        "openapi.json": json.dumps(description(app), indent=1, ensure_ascii=False, sort_keys=True) + "\n",
    }


def settings_page() -> str:
    text = MADE + INTROS["settings"]
    for field in dataclasses.fields(BootConfig):
        default = "" if field.default in (None, (), dataclasses.MISSING) else f" Unless given: `{field.default}`."
        text += f"\n### WABLAST_BOX_{field.name.upper()}\n\n{BOOT_HELP[field.name]}{default}\n"
    text += "\n## In the product\n\nUnder Settings, or `PATCH /api/v1/settings`.\n"
    text += "".join(_setting(spec) for spec in SETTINGS.values() if not spec.internal)
    text += "\n## Kept by the box itself\n\nWritten during set-up; not edited by hand.\n"
    return text + "".join(_setting(spec) for spec in SETTINGS.values() if spec.internal)


def _setting(spec: SettingSpec) -> str:
    limits = "" if spec.least is None else f" From {spec.least} to {spec.most}."
    choices = f" One of {', '.join(spec.choices)}." if spec.choices else ""
    default = f" Unless changed: `{spec.default}`." if spec.default not in ("", None) else ""
    return f"\n### {spec.name}\n\n{spec.label}. {spec.help}{choices}{limits}{default}\n"


def events_page() -> str:
    text = MADE + INTROS["events"]
    for event in sorted(event_classes(), key=lambda found: found.name):
        fields = ", ".join(f"`{field.name}`" for field in dataclasses.fields(event)) or "none"
        # A dataclass without words of its own gets its signature as a docstring.
        words = "" if (event.__doc__ or "").startswith(f"{event.__name__}(") else f"{event.__doc__}\n\n"
        text += f"\n## {event.name}\n\n{words}`{event.__name__}` of {event.__module__.split('.')[2]}. Fields: {fields}.\n"
    return text


def event_classes() -> Iterator[Any]:
    """Every dataclass with a `name` in an events.py of the engine."""
    for path in sorted((ROOT / "wablast_box" / "engine").rglob("events.py")):
        module = importlib.import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))
        for found in vars(module).values():
            if isinstance(found, type) and dataclasses.is_dataclass(found) and found.__module__ == module.__name__:
                yield found


def commands_page() -> str:
    text = MADE + "# Commands\n\n`wablast-box COMMAND --data DIR`. Exit codes: 0 done, 1 could not be done, 2 wrong use.\n"
    for words, parser, summary in commands():
        text += f"\n## wablast-box {words}\n\n{summary}\n\n| option | meaning |\n|---|---|\n"
        for action in parser._actions:
            if not isinstance(action, argparse._HelpAction | argparse._SubParsersAction):
                text += f"| {_option(action)} | {(action.help or '').replace('|', ' or ')} |\n"
    return text


def commands() -> Iterator[tuple[str, argparse.ArgumentParser, str]]:
    """Every command that does something, with the sentence that explains it."""
    yield from _commands_of(cli._parser(), "")


def _commands_of(parser: argparse.ArgumentParser, before: str) -> Iterator[tuple[str, argparse.ArgumentParser, str]]:
    for group in [action for action in parser._actions if isinstance(action, argparse._SubParsersAction)]:
        helps = {choice.dest: choice.help or "" for choice in group._choices_actions}
        for name, inner in group.choices.items():
            if any(isinstance(action, argparse._SubParsersAction) for action in inner._actions):
                yield from _commands_of(inner, f"{before}{name} ")
            else:
                summary = helps.get(name, "")
                yield f"{before}{name}", inner, (summary[:1].upper() + summary[1:] + ".") if summary else ""


def _option(action: argparse.Action) -> str:
    name = action.option_strings[-1] if action.option_strings else action.dest.upper()
    return f"`{name} {action.metavar}`" if action.metavar and action.option_strings and action.nargs != 0 else f"`{name}`"


def permissions_page() -> str:
    text = MADE + INTROS["permissions"]
    text += "| permission | " + " | ".join(Role) + " | API keys | own roles on |\n|---|" + "---|" * (len(Role) + 2) + "\n"
    for permission in sorted(PERMISSIONS[Role.OWNER]):
        cells = ["yes" if permission in PERMISSIONS[role] else "" for role in Role]
        bases = ", ".join(base for base, held in GRANTABLE.items() if permission in held)
        text += f"| {permission} | {' | '.join(cells)} | {'people only' if permission in PERSON_ONLY else 'yes'} | {bases} |\n"
    return text


def refusals_page() -> str:
    text = MADE + INTROS["refusals"]
    for code, (retry, _, title, advice) in sorted(CODES.items()):
        text += f"| {code} | {title} | {advice} | {RETRY_WORDS[retry]} |\n"
    return text


def api_page(app: Any) -> str:
    text = MADE + INTROS["api"]
    for route in sorted(route_table(app), key=lambda route: (route.rule, route.method)):
        if route.rule.startswith("/api/v1/"):
            words = (app.view_functions[route.endpoint].__doc__ or "").strip().partition("\n")[0].replace("|", "\\|")
            path = re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", route.rule)
            text += f"| `{route.method} {path}` | {route.needs} | {words} |\n"
    return text


def main() -> None:
    """Write what is not as it should be."""
    REFERENCE.mkdir(exist_ok=True)
    for name, text in pages().items():
        path = REFERENCE / name
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")
            sys.stdout.write(f"wrote {path.relative_to(ROOT)}\n")


if __name__ == "__main__":
    main()
