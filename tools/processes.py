"""Starting child processes that never outlive us."""

import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

PR_SET_PDEATHSIG = 1


class Stopped(BaseException):
    """Somebody asked this process to end, with SIGTERM or SIGHUP."""


def dies_with_us(death_signal: int) -> Callable[[], None] | None:
    """For `preexec_fn`: the kernel sends the child this signal when we die, even by SIGKILL.

    Call it from the main thread only: the kernel watches the thread that forked. Other systems than Linux
    have no such thing; there the next start ends what a killed one left behind.
    """
    if sys.platform != "linux":
        return None
    libc = ctypes.CDLL(None, use_errno=True)
    parent = os.getpid()

    def ask_the_kernel() -> None:
        libc.prctl(PR_SET_PDEATHSIG, death_signal)
        if os.getppid() != parent:  # we died between fork and prctl: nobody would send the signal any more
            os._exit(1)

    return ask_the_kernel


@contextmanager
def stop_signals_raise() -> Iterator[None]:
    """Turns SIGTERM and SIGHUP into an exception, so that `finally` and `with` clean up."""

    def stop(number: int, frame: FrameType | None) -> None:
        raise Stopped(signal.Signals(number).name)

    numbers = (signal.SIGTERM, signal.SIGHUP)
    before = [signal.signal(number, stop) for number in numbers]
    try:
        yield
    finally:
        for number, handler in zip(numbers, before, strict=True):
            signal.signal(number, handler)


def end(process: subprocess.Popen[bytes], *, by: int, seconds: float) -> None:
    """Asks the process to end, waits, and kills it when it does not listen."""
    if process.poll() is not None:
        return
    process.send_signal(by)
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def run_apart(command: list[str], environment: dict[str, str]) -> int:
    """Runs a command to its end and returns its exit status; Ctrl-C stops us, and we end the command."""
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        env=environment,
        start_new_session=True,
        preexec_fn=dies_with_us(signal.SIGTERM),
    )
    try:
        return process.wait()
    finally:
        end(process, by=signal.SIGTERM, seconds=10)


def run_in_foreground(command: list[str], environment: dict[str, str]) -> int:
    """Runs a command that owns the terminal and returns its exit status; Ctrl-C is the command's business."""
    # A handler, not SIG_IGN: the child would inherit the latter.
    before = signal.signal(signal.SIGINT, lambda number, frame: None)
    process = subprocess.Popen(command, env=environment, preexec_fn=dies_with_us(signal.SIGTERM))
    try:
        return process.wait()
    finally:
        end(process, by=signal.SIGTERM, seconds=10)
        signal.signal(signal.SIGINT, before)
