"""A browser, a demo and windows onto it."""

from __future__ import annotations

import json
import shutil
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from ..storm.box import ROOT
from .browser import FLAGS, browser_path
from .demo import Demo, running_demo

try:
    from playwright.sync_api import Browser, BrowserContext, Page

    from .people import Act
except ImportError:
    collect_ignore_glob = ["test_*.py"]


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    path = browser_path()
    if path is None:
        pytest.skip("no Chromium found: install one, or name it in WABLAST_CHROMIUM")
    return {**browser_type_launch_args, "executable_path": path, "args": FLAGS}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    return {**browser_context_args, "viewport": {"width": 1440, "height": 900}, "reduced_motion": "reduce", "locale": "en-IN"}


@pytest.fixture(scope="session")
def told(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a demo that has told its story and was stopped."""
    if not (ROOT / "wablast_box" / "ui" / "static" / "index.html").is_file():
        pytest.skip("the web interface was not built in this copy")
    folder = tmp_path_factory.mktemp("told") / "data"
    with running_demo(folder):
        pass
    return folder


@pytest.fixture
def demo(told: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """A demo of its own for each story, started again where the first one ended."""
    folder = tmp_path_factory.mktemp("demo") / "data"
    shutil.copytree(told, folder)
    with running_demo(folder) as started:
        yield started


@pytest.fixture
def kabir(demo: Demo) -> Act:
    """Kabir's phone, by the simulator's own door."""

    def act(**what: Any) -> dict[str, Any]:
        request = urllib.request.Request(f"{demo.address}/simulator/control/customers/kabir/acts", data=json.dumps(what).encode())
        request.add_header("content-type", "application/json")
        with urllib.request.urlopen(request, timeout=10) as answer:
            return dict(json.loads(answer.read() or b"{}"))

    return act


@pytest.fixture
def page_without_errors(page: Page) -> Iterator[Page]:
    """A page that may not throw or complain about its security policy while the story lasts."""
    complaints: list[str] = []
    watch(page, complaints)
    yield page
    assert not complaints


@pytest.fixture
def second_window(browser: Browser, browser_context_args: dict[str, Any]) -> Iterator[Callable[[], Page]]:
    """Opens further windows, each with cookies of its own."""
    contexts: list[BrowserContext] = []

    def open_window() -> Page:
        contexts.append(browser.new_context(**browser_context_args))
        return contexts[-1].new_page()

    yield open_window
    for context in contexts:
        context.close()


def watch(page: Page, complaints: list[str]) -> None:
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda line: complaints.append(line.text) if line.type == "error" and "Content Security Policy" in line.text else None)


