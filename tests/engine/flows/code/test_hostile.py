"""Code that means harm, one piece after the other through the real node. After each a kind line answers right and at once."""

from __future__ import annotations

import json
import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import psutil
import pytest

from tests.engine.flows.code.conftest import returned, runs
from tests.engine.flows.nodes.conftest import way
from tests.patience import BUSY
from wablast_box.engine.flows.code import javascript

pytestmark = pytest.mark.feature("FN-55")
MB = 1024 * 1024

# What must be stopped from outside, at two seconds each.
ENDLESS = {
    "a loop": "for (;;) {}",
    "a pattern that goes back and back": "return /^(a+)+$/.test('a'.repeat(60) + '!')",
    "jobs that make jobs": "async function more() { await null; return more() }\nreturn more()",
    "one long call of the engine's own": "const all = new Array(1e6).fill(0); for (;;) { all.splice(0, 1); all.push(1) }",
    "a result that never reads": "return { toJSON() { for (;;) {} } }",
    "a getter on the result": "return { get it() { for (;;) {} } }",
    "a text that is never said": "log({ toString() { for (;;) {} }, toJSON() { for (;;) {} } })",
    "an error that catches being stopped": "for (;;) { try { for (;;) {} } catch {} finally { continue } }",
}
# What fails by itself.
LARGE = {
    "arrays": "const all = []; for (;;) all.push(new Array(1000).fill(1))",
    "texts": "let text = 'x'; for (;;) text += text + text",
    "buffers": "const all = []; for (;;) all.push(new Uint8Array(1e7).fill(1))",
    "one large buffer": "return new ArrayBuffer(2 ** 31).byteLength",
    "a buffer that grows": "const it = new ArrayBuffer(8, { maxByteLength: 2 ** 40 }); it.resize(2 ** 34); return it.byteLength",
    "recursion": "function deeper() { return deeper() + 1 }\nreturn deeper()",
    "numbers without end": "let n = 3n; for (;;) n = n * n",
    "a result without end": "return 'x'.repeat(3e6)",
    "padding": "return 'x'.padEnd(2 ** 29).length",
    "joining": "return new Array(2 ** 25).join('abc').length",
    "letters that fall apart": "return '\\uFDFA'.repeat(3e6).normalize('NFKD').length",
    "a result nested deeply": "let it = []; for (let at = 0; at < 2e5; at++) it = [it]; return it",
}
# What looks for a way out, or gives back nonsense.
SLY = {
    "the maker of functions": "return this.constructor.constructor('return process')()",
    "the same by an array": "return [].constructor.constructor('return typeof process.env')()",
    "eval": "return eval('typeof require + typeof process + typeof Deno + typeof std + typeof os')",
    "what is there": "return Object.getOwnPropertyNames(globalThis).filter((one) => /process|require|std|^os$|fetch|__|import/.test(one))",
    "modules": "return import('os')",
    "files": "return import('/etc/passwd')",
    "the host's functions": "return [log.constructor('return this')() === globalThis, log.caller, http.__proto__.constructor('return typeof __http')()]",
    "machine code": "return typeof WebAssembly + typeof SharedArrayBuffer + typeof Atomics",
    "an end of its function": "}); globalThis.out = 1; (function () {",
    "an end behind a comma": "}, globalThis.out = 1, function () {",
    "an end with a computed name": "} [globalThis.out = 1] = function () {",
    "a prototype": "Object.prototype.then = function (give) { give('ESC:' + typeof process) }; return {}",
    "a promise of its own": "Promise.prototype.then = () => 5; return Promise.resolve({ get a() { return log } })",
    "a proxy": "return new Proxy({}, { ownKeys() { throw new Error('no') }, get() { return () => 'ESC' in {} } })",
    "a primitive": "return { [Symbol.toPrimitive]() { throw 5 }, toJSON: undefined, a: Symbol('x') }",
    "a throw of nothing": "throw undefined",
    "a throw that throws": "throw { get message() { throw 1 }, toString() { throw 2 }, get name() { throw 3 }, get stack() { throw 4 } }",
    "half a character": "return ['\\ud800', 'x\\udfff', '\\ud800'.repeat(1000)]",
    "half a character, said": "log('\\ud800'); throw new Error('\\ud800')",
    "a large whole number": "return 5n",
    "a circle": "const it = {}; it.it = it; return it",
    "a promise that is not kept": "return new Promise(() => {})",
    "a promise that is broken": "return Promise.reject(new Error('no'))",
    "a talkative one": "for (let at = 0; at < 1e5; at++) log('x'.repeat(5000))",
    "no address": "return http({ toString() { throw new Error('no') } })",
    "an address of the box": "return http('file:///proc/self/environ')",
    "a header with two lines": "return http('https://a.example', { headers: { 'X-A': 'a\\r\\nX-B: c', 'Content-Length': '5' } }).status",
    "a function": "return () => 1",
    "nonsense": "ꯍ({[<%",
}


@pytest.fixture(autouse=True, scope="module")
def probe() -> Iterator[None]:
    os.environ["WBX_PROBE"] = "ESC:env"
    yield
    del os.environ["WBX_PROBE"]


@contextmanager
def measured() -> Iterator[dict[str, float]]:
    """How long it took, by how much this process grew, and how large its children were at most."""
    here, found, over = psutil.Process(), {"child": 0.0}, threading.Event()
    before, began, ours = here.memory_info().rss, time.monotonic(), here.cmdline()

    def look() -> None:
        while not over.wait(0.01):
            for child in here.children(recursive=True):
                try:
                    # Until its program is loaded a new process is a copy of this one, with all that the tests hold.
                    if child.cmdline() != ours:
                        found["child"] = max(found["child"], child.memory_info().rss)
                except psutil.Error:
                    continue

    looking = threading.Thread(target=look)
    looking.start()
    try:
        yield found
    finally:
        over.set()
        looking.join()
        found["took"], found["grew"] = time.monotonic() - began, here.memory_info().rss - before


@pytest.fixture(scope="module", autouse=True)
def warm() -> None:
    returned("return 1")


@pytest.mark.parametrize("code", [pytest.param(code, id=name) for name, code in (ENDLESS | LARGE | SLY).items()])
def test_nothing_that_is_written_gets_out_or_stays(code: str) -> None:
    with measured() as found:
        rehearsal = runs(code, log_as="said")

    shown = json.dumps([rehearsal.steps, rehearsal.run.variables], default=str)
    assert "ESC:" not in shown
    assert way(rehearsal) in ("next", "error")
    assert found["took"] <= 3 * BUSY
    assert found["grew"] <= 20 * MB
    assert found["child"] <= 300 * MB
    began = time.monotonic()
    assert returned("return [input.contact.first_name, typeof out, ({}).then === undefined]") == ["Asha", "undefined", True]
    assert time.monotonic() - began <= 1 * BUSY


def test_two_run_at_the_same_time() -> None:
    outcomes: list[str] = []
    talks = [threading.Thread(target=lambda: outcomes.append(way(runs(ENDLESS["a loop"])))) for _ in range(2)]
    with measured() as alone:
        runs(ENDLESS["a loop"])
    with measured() as together:
        for talk in talks:
            talk.start()
        for talk in talks:
            talk.join()

    assert outcomes == ["error", "error"]
    assert together["took"] < 1.7 * alone["took"]


def test_no_process_is_left() -> None:
    javascript.workers.close()

    assert psutil.Process().children(recursive=True) == []
