"""Processes of their own: held to time and memory from outside, started when needed, gone when not."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import textwrap
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from tests.patience import BUSY
from wablast_box.lib.child.process import Child, Ended, command_of
from wablast_box.lib.child.workers import LONGEST_QUEUE, Workers
from wablast_box.lib.errors import Conflict

pytestmark = pytest.mark.feature("FN-55")
MB = 1024 * 1024
JAVASCRIPT = "wablast_box.engine.flows.code.programs.javascript"
# What a program does when it means harm, or breaks.
PROGRAM = """
import json, os, sys, time
def main():
    print(json.dumps({"ready": True}), flush=True)
    for line in sys.stdin:
        order = json.loads(line)
        if order["do"] == "hang":
            while True: time.sleep(1)
        if order["do"] == "grow":
            kept = []
            while True: kept.append(bytearray(8 << 20)); time.sleep(0.005)
        if order["do"] == "flood":
            while True: sys.stdout.write("x" * 65536)
        if order["do"] == "nonsense":
            print("{", flush=True)
        if order["do"] == "fork":
            if os.fork() == 0: time.sleep(600)
            time.sleep(600)
        if order["do"] == "call":
            print(json.dumps({"call": "slow", "given": 1}), flush=True)
            sys.stdin.readline()
        print(json.dumps({"done": [order["do"], sorted(os.environ), os.path.exists(os.getcwd()) if os.name == "nt" else 0]}), flush=True)
"""


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    (tmp_path / "unkind_program.py").write_text(PROGRAM)
    monkeypatch.syspath_prepend(str(tmp_path))
    return "unkind_program"


@pytest.fixture
def workers(program: str) -> Iterator[Workers]:
    made = Workers(program, most_bytes=120 * MB)
    yield made
    made.close()


def nothing(name: str, given: object) -> object:
    return None


def eventually(holds: Callable[[], bool]) -> bool:
    until = time.monotonic() + 3 * BUSY
    while not holds() and time.monotonic() < until:
        time.sleep(0.02)
    return holds()


def test_a_process_knows_nothing_of_the_surroundings(workers: Workers, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WBX_PROBE", "ESC:env")

    _, names, _ = workers.ask({"do": "kind"}, within_s=2 * BUSY)

    # Python itself says in which letters it writes.
    assert set(names) <= {"LC_CTYPE", "SYSTEMROOT", "PYTHONUTF8"}


@pytest.mark.parametrize(("what", "why"), [("hang", "time"), ("grow", "memory"), ("flood", "died"), ("nonsense", "died")])
def test_what_does_not_answer_is_killed(workers: Workers, what: str, why: str) -> None:
    began = time.monotonic()
    with pytest.raises(Ended) as ended:
        workers.ask({"do": what}, within_s=1.0 if why == "time" else 1.0 * BUSY)

    assert ended.value.why == why
    assert time.monotonic() - began < 2.5 * BUSY
    assert psutil.Process().children() == []
    assert workers.ask({"do": "kind"}, within_s=2 * BUSY)[0] == "kind"


@pytest.mark.skipif(os.name != "posix", reason="processes have groups on POSIX")
def test_what_it_started_is_killed_with_it(program: str) -> None:
    child = Child(program, most_bytes=120 * MB)
    with pytest.raises(Ended):
        child.ask({"do": "fork"}, within_s=0.4, call=nothing)

    assert eventually(lambda: not [one for one in psutil.process_iter() if group_of(one.pid) == child.pid and one.status() != "zombie"])


def group_of(pid: int) -> int | None:
    try:
        return os.getpgid(pid)
    except OSError:
        return None


def test_its_clock_stands_while_the_box_works_for_it(workers: Workers) -> None:
    began = time.monotonic()

    answer = workers.ask({"do": "call"}, within_s=1.5, call=lambda name, given: time.sleep(1.8))

    assert answer[0] == "call"
    assert time.monotonic() - began > 1.8


def test_a_process_is_kept_for_the_next_order_and_ended_after_a_rest(program: str) -> None:
    workers = Workers(program, rest_s=0.2)
    workers.ask({"do": "kind"}, within_s=2 * BUSY)
    first = workers.pids()
    workers.ask({"do": "kind"}, within_s=2 * BUSY)

    assert workers.pids() == first
    assert eventually(lambda: workers.pids() == [] and psutil.Process().children() == [])
    assert workers.ask({"do": "kind"}, within_s=2 * BUSY)[0] == "kind"
    workers.close()


def test_two_run_and_twenty_wait_and_the_next_is_told(workers: Workers) -> None:
    ended: list[str] = []
    queue_stands = threading.Event()

    def holds_its_place() -> None:
        workers.ask({"do": "call"}, within_s=2 * BUSY, call=lambda name, given: queue_stands.wait(60))
        ended.append("answered")

    def order() -> None:
        try:
            workers.ask({"do": "hang"}, within_s=0.3)
        except Ended as over:
            ended.append(over.why)

    talks = [threading.Thread(target=work) for work in [holds_its_place] * 2 + [order] * LONGEST_QUEUE]
    for talk in talks[:2]:
        talk.start()
    assert eventually(lambda: workers._out == 2)
    for talk in talks[2:]:
        talk.start()
    assert eventually(lambda: workers._waiting == LONGEST_QUEUE)
    assert len(psutil.Process().children()) <= 2
    with pytest.raises(Conflict) as refused:
        workers.ask({"do": "kind"}, within_s=1)
    queue_stands.set()
    for talk in talks:
        talk.join()

    assert refused.value.code == "code_busy"
    assert sorted(ended) == ["answered"] * 2 + ["time"] * LONGEST_QUEUE


def test_who_loses_the_box_ends_by_itself(tmp_path: Path) -> None:
    code = f"""
        import sys, time; sys.path.append({str(Path.cwd())!r})
        from wablast_box.lib.child.workers import Workers
        workers = Workers({JAVASCRIPT!r})
        workers.ask({{"do": "check", "code": "return 1"}}, within_s=2)
        print(workers.pids()[0], flush=True)
        time.sleep(600)
    """
    box = subprocess.Popen([sys.executable, "-c", textwrap.dedent(code)], stdout=subprocess.PIPE, text=True)
    assert box.stdout is not None
    number = int(box.stdout.readline())
    assert psutil.pid_exists(number)

    box.send_signal(signal.SIGKILL)
    box.wait()

    assert eventually(lambda: not psutil.pid_exists(number))


SEALED = """
import ctypes, os, socket, sys
sys.path.append(sys.argv[1])
from wablast_box.lib.child.inside.seal import seal
print(seal(memory=512 << 20, cpu_s=60), flush=True)
def tries(name, act):
    try: act()
    except (OSError, MemoryError) as refused: os.write(1, f"{name} {type(refused).__name__}\\n".encode())
    else: os.write(1, f"{name} did it\\n".encode())
tries("file", lambda: open("/etc/hostname"))
tries("socket", socket.socket)
tries("pipe", os.pipe)
tries("fork", os.fork)
tries("program", lambda: os.execv("/bin/true", ["true"]))
tries("signal", lambda: os.kill(os.getppid(), 0))
tries("memory", lambda: bytearray(600 << 20))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel's filter is Linux's")
def test_a_sealed_process_reaches_nothing() -> None:
    done = subprocess.run([sys.executable, "-I", "-c", SEALED, str(Path.cwd())], capture_output=True, text=True, timeout=20)

    first, *rest = done.stdout.split("\n")[:-1]
    if first != "True":
        pytest.skip("this kernel allows no filter")
    assert [line.split()[1] for line in rest] == ["PermissionError"] * 6 + ["MemoryError"], done.stdout


def test_a_running_engine_asks_the_kernel_for_no_network_and_no_program(tmp_path: Path) -> None:
    strace = shutil.which("strace")
    if strace is None:
        pytest.skip("strace is not installed")
    trace = tmp_path / "trace"
    code = "for (let at = 0; at < 3; at++) log(at);\ntry { import('os') } catch {}\nreturn eval('input.a')"
    orders = [{"do": "check", "code": code}, {"do": "run", "code": code, "input": '{"a": 1}'}]
    ran = subprocess.run(
        [strace, "-f", "-e", "trace=network,process", "-o", str(trace), *command_of(JAVASCRIPT)],
        input="".join(json.dumps(one) + "\n" for one in orders), capture_output=True, text=True, env={}, timeout=30,
    )  # fmt: skip
    if not trace.exists() or "execve" not in trace.read_text():
        pytest.skip("this machine does not let a process be traced")

    assert '"result": "1"' in ran.stdout
    calls = [line.split(maxsplit=1)[1].partition("(")[0] for line in trace.read_text().splitlines()]
    assert [call for call in calls if not call.startswith(("+++", "---"))] == ["execve", "exit_group"]
