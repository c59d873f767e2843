"""Run one piece of JavaScript in a world of its own, made for it and thrown away: nothing of it is left for the next.

The code comes as a text and becomes the body of a function, so it cannot end what it stands in. It sees `input`, `log` and
`http`, and gives back what JSON can hold. The engine is QuickJS: it knows no files, no network and no clock to wait for.
"""

from __future__ import annotations

import json
import re
from typing import Any

import jsbox

from wablast_box.lib.child.inside.orders import ask_box, serve

# The engine keeps its own limits, which are kind; those from outside hold.
HEAP, PROCESS, WITHIN_S = 64 * 1024 * 1024, 512 * 1024 * 1024, 1.9
LONGEST_RESULT = 1024 * 1024
MOST_LINES, LONGEST_LINE = 100, 1000
MOST_CALLS = 5
# The engine's `Function` would take a body that ends its function and goes on behind it. Behind an arrow function in brackets
# stands a comma or a bracket, behind a method of a class neither: what can be read in both places ends in neither.
_PLACES = ("((input, log, http) => {\n%s\n})", "class Read { method(input, log, http) {\n%s\n}}")
# Of its stack: where it was read, and where it runs. So many lines stand before the first that was written.
_READ, _RUN = (re.compile(r"check:(\d+)"), 1), (re.compile(r"<input>:(\d+)"), 2)
# Everything that is used after the code has begun was taken before it could be changed.
_WORLD = """(function (code, input) {
  'use strict';
  const say = globalThis.__log, ask = globalThis.__http, stringify = JSON.stringify, parse = JSON.parse;
  const Wrong = Error, Later = Promise, then = Promise.prototype.then, apply = Reflect.apply, written = String;
  for (const name of ['__log', '__http', 'WebAssembly', 'SharedArrayBuffer', 'Atomics']) delete globalThis[name];
  const shown = (one) => {
    if (typeof one === 'string') return one;
    if (typeof one === 'bigint') return written(one);
    try { return one instanceof Wrong ? written(one) : stringify(one) ?? written(one); } catch { return '?'; }
  };
  const log = (...said) => {
    let line = '';
    for (let at = 0; at < said.length && at < 20; at++) line += (at ? ' ' : '') + shown(said[at]);
    say(stringify(line));
  };
  const http = (url, options) => {
    const given = options ?? {};
    const body = given.body === undefined || typeof given.body === 'string' ? given.body : stringify(given.body);
    const answer = parse(ask(stringify({ url: written(url), method: given.method, headers: given.headers, body })));
    if (answer.refused !== undefined) throw new Wrong(answer.refused);
    return answer;
  };
  const work = new Function('input', 'log', 'http', code);
  const finish = (result) => {
    const said = stringify(result);
    return said === undefined ? 'null' : said;
  };
  const result = work(parse(input), log, http);
  return result instanceof Later ? apply(then, result, [finish]) : finish(result);
})"""


class _World:
    """One run: what its code says and asks for."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.calls = 0
        self.engine = jsbox.Runtime(memory_limit=HEAP)
        self.engine.bind_function("__log", self.log)
        self.engine.bind_function("__http", self.http)

    def log(self, said: Any) -> None:
        if len(self.lines) < MOST_LINES and isinstance(said, str):
            self.lines.append(_plain(str(json.loads(said)))[:LONGEST_LINE])

    def http(self, asked: Any) -> str:
        if self.calls >= MOST_CALLS:
            return json.dumps({"refused": f"http can be used {MOST_CALLS} times."})
        self.calls += 1
        return json.dumps(ask_box("http", json.loads(asked) if isinstance(asked, str) else {}))


def work(order: dict[str, Any]) -> dict[str, Any]:
    """`do` is run or check. What comes of it: result, or error with its line; and what was logged."""
    world = _World()
    code = _plain(order["code"])
    try:
        for place in _PLACES:
            world.engine.check_syntax(place.replace("%s", code))
    except jsbox.JavaScriptError as wrong:
        return {"error": _words(wrong), "line": _line(wrong, *_READ), "log": []}
    if order["do"] == "check":
        return {"result": None, "log": []}
    try:
        result = world.engine.eval(f"{_WORLD}({json.dumps(code)}, {json.dumps(order['input'])})", timeout=WITHIN_S)
    except jsbox.JsTimeoutError:
        return {"why": "time", "log": world.lines}
    except jsbox.JavaScriptError as wrong:
        return {"error": _words(wrong), "line": _line(wrong, *_RUN), "log": world.lines}
    except Exception:
        # What the code made of its world is no text that we could read.
        return {"error": "The code gives back something that cannot be kept.", "line": None, "log": world.lines}
    if not isinstance(result, str) or len(result.encode(errors="replace")) > LONGEST_RESULT:
        return {"error": "The result is larger than 1 MB.", "line": None, "log": world.lines}
    return {"result": result, "log": world.lines}


def _words(wrong: Any) -> str:
    name, message = getattr(wrong, "name", None), getattr(wrong, "message", None)
    if not isinstance(message, str) or message in ("", "null", "undefined"):
        return "out of memory" if name is None else _plain(str(name))[:100]
    return _plain(f"{name}: {message}" if isinstance(name, str) and name else message)[:300]


def _line(wrong: Any, written: re.Pattern[str], before: int) -> int | None:
    found = written.search(str(getattr(wrong, "stack", "") or ""))
    return max(1, int(found[1]) - before) if found else None


def _plain(text: str) -> str:
    return text.encode(errors="replace").decode()


def main() -> None:
    """Until the box has no more orders."""
    _World().engine.eval("1")
    serve(work, memory=PROCESS)


if __name__ == "__main__":
    main()
