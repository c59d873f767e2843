"""What a process gives up before somebody else's code runs in it: files, network, other programs, memory without end.

Everywhere on POSIX by limits; on Linux also by a filter in the kernel that knows only what computing and two open pipes need.
Where neither exists, the watch from outside holds, and the language itself reaches nothing.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import platform
import sys
from collections.abc import Iterator

# read write close fstat newfstatat lseek mmap mprotect munmap brk rt_sigaction rt_sigprocmask rt_sigreturn mremap madvise getpid
# exit exit_group gettimeofday getrusage sigaltstack gettid futex sched_yield clock_gettime clock_getres getrandom
_ALLOWED = {
    "x86_64": (0xC000003E, (0, 1, 3, 5, 262, 8, 9, 10, 11, 12, 13, 14, 15, 25, 28, 39, 60, 231, 96, 98, 131, 186, 202, 24, 228, 229, 318)),
    "aarch64": (
        0xC00000B7,
        (63, 64, 57, 80, 79, 62, 222, 226, 215, 214, 134, 135, 139, 216, 233, 172, 93, 94, 169, 165, 132, 178, 98, 124, 113, 114, 278),
    ),
}
_LOAD, _EQUAL, _RETURN = 0x20, 0x15, 0x06
_KILL, _REFUSE, _ALLOW = 0x80000000, 0x00050001, 0x7FFF0000
_NO_NEW_PRIVILEGES, _SECCOMP, _FILTER = 38, 22, 2


class _Instruction(ctypes.Structure):
    _fields_ = [("code", ctypes.c_uint16), ("jt", ctypes.c_uint8), ("jf", ctypes.c_uint8), ("k", ctypes.c_uint32)]


class _Program(ctypes.Structure):
    _fields_ = [("count", ctypes.c_uint16), ("filter", ctypes.POINTER(_Instruction))]


def seal(*, memory: int, cpu_s: int) -> bool:
    """Give it up, for good. True when the kernel's filter stands as well."""
    if os.name != "posix":
        return False
    os.closerange(3, 256)
    with contextlib.suppress(OSError):
        os.nice(5)
    _limit(memory, cpu_s)
    return sys.platform == "linux" and _filter(platform.machine())


def _limit(memory: int, cpu_s: int) -> None:
    import resource

    # Of what is mapped, for engines whose memory is what they use; macOS knows it and does not keep it.
    for kind, most in (
        (resource.RLIMIT_AS, memory), (resource.RLIMIT_DATA, memory), (resource.RLIMIT_FSIZE, 0), (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, 3), (resource.RLIMIT_CPU, cpu_s),
    ):  # fmt: skip
        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(kind, (most, most))


def _filter(machine: str) -> bool:
    """An allow list in the kernel: another architecture's calls end the process, all others are refused."""
    if machine not in _ALLOWED:
        return False
    written = [_Instruction(*one) for one in _instructions(*_ALLOWED[machine])]
    program = _Program(len(written), (_Instruction * len(written))(*written))
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0) != 0:
        return False
    return bool(libc.prctl(_SECCOMP, _FILTER, ctypes.byref(program), 0, 0) == 0)


def _instructions(architecture: int, allowed: tuple[int, ...]) -> Iterator[tuple[int, int, int, int]]:
    yield (_LOAD, 0, 0, 4)
    yield (_EQUAL, 1, 0, architecture)
    yield (_RETURN, 0, 0, _KILL)
    yield (_LOAD, 0, 0, 0)
    for at, number in enumerate(allowed):
        yield (_EQUAL, len(allowed) - at, 0, number)
    yield (_RETURN, 0, 0, _REFUSE)
    yield (_RETURN, 0, 0, _ALLOW)
