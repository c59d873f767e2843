"""pywa beside the box: the same signed webhooks into its server, when an environment with pywa is named.

    python3 -m venv /tmp/pywa && /tmp/pywa/bin/pip install "pywa[fastapi]" uvicorn
    WABLAST_BENCH_PYWA=/tmp/pywa/bin/python make bench
"""

from __future__ import annotations

import asyncio
import os
import tempfile
from pathlib import Path

from ..storm.box import APP_SECRET, PHONE_NUMBER_ID, VERIFY_TOKEN
from .figures import Figure, median, skipped
from .load import burst, messages, post
from .process import Running, running

SERVER = """
import sys
import fastapi, uvicorn
from pywa import WhatsApp

app = fastapi.FastAPI()
wa = WhatsApp(phone_id="{phone}", token="x", server=app, webhook_endpoint="/hooks/meta", app_secret="{secret}", verify_token="{verify}")

@wa.on_message
def hear(_, message):
    pass

uvicorn.run(app, host="127.0.0.1", port=int(sys.argv[1]), log_level="critical")
"""


def measure(*, quick: bool) -> list[Figure]:
    """Requests a second and processor time; pywa keeps nothing, we keep everything."""
    python = os.environ.get("WABLAST_BENCH_PYWA")
    if not python:
        return [skipped("pywa: the same signed webhooks", "not measured: WABLAST_BENCH_PYWA names no environment")]
    rounds, count = (3, 1000) if quick else (8, 2000)
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder) / "pywa_server.py"
        script.write_text(SERVER.format(phone=PHONE_NUMBER_ID, secret=APP_SECRET, verify=VERIFY_TOKEN))
        (Path(folder) / "door").mkdir()
        with (
            running(str(script), "{port}", program=python) as theirs,
            running("-m", "tests.bench.servers", "door", "{port}", str(Path(folder) / "door")) as ours,
        ):
            pairs = [(_cost(theirs, count, f"their{n}"), _cost(ours, count, f"our{n}")) for n in range(rounds)]
    return [
        Figure("pywa (uvicorn, keeps nothing)", "µs CPU", median([a for a, _ in pairs]), note="for the ratio"),
        Figure("durable ingest, times cheaper than pywa's server", "×", median([a / b for a, b in pairs])),
    ]


def _cost(server: Running, count: int, tag: str) -> float:
    requests = [post(body) for body in messages(count, tag=tag)]
    before = server.cpu_s()
    result = asyncio.run(burst(server.port, requests))
    if result.refused:
        raise RuntimeError(f"{tag}: {result.refused} of {count} were refused")
    return (server.cpu_s() - before) / count * 1e6
