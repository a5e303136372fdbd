"""Runs inputs in processes that are watched: no more than 5 seconds and 2 GB each; keeps what failed."""

import contextlib
import hashlib
import multiprocessing
import os
import random
import re
import signal
import time
import traceback
import warnings
from collections import Counter
from dataclasses import dataclass, field, replace
from pathlib import Path

import places
from targets import TARGETS, made

import sroi

MOST_SECONDS = 5
"""Seconds of the processor after which an input hangs."""

MOST_MEMORY = 4 << 30
"""Bytes that may be written to; what draws charts takes 1.6 GB of them and uses hardly any."""

SILENT = 300
"""Seconds after which a process that has begun nothing new is ended: it is deep in compiled code."""

KEPT = 3
"""Inputs that are kept of failures at one place."""


class Hang(BaseException):
    """An input that takes too long."""


@dataclass(frozen=True)
class Failure:
    """What became of an input that should have been read or refused."""

    target: str
    number: int
    kind: str
    place: str
    said: str
    content: bytes
    smaller: bytes = b""


def outcome(target, content, chance):
    """``read``, ``refused``, or the failure's kind, place and words."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        with _limited():
            try:
                TARGETS[target].judge(content, chance)
            except sroi.SroiError as error:
                fault = _unsaid(error)
                return ("refused", "", "") if fault is None else ("unsaid", "", fault)
            except KeyboardInterrupt:
                raise
            except BaseException as error:  # noqa: BLE001 - whatever it is, it is told
                return type(error).__name__, _place(error), traceback.format_exc()
    return "read", "", ""


def _unsaid(error):
    """What is wrong with a refusal: nothing, or that it says nothing, or more lines than problems."""
    if not error.problems or not all(each.message.strip() for each in error.problems):
        return f"an error without words: {error!r}"
    lines = [str(each) for each in error.problems]
    return next((line for line in lines if "\n" in line or re.search(r"[\x00-\x08\x1b]", line)), None)


@contextlib.contextmanager
def _limited():
    def hang(*_):
        raise Hang

    before = signal.signal(signal.SIGPROF, hang)
    signal.setitimer(signal.ITIMER_PROF, MOST_SECONDS, 1)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def _place(error):
    """The last line of the package that an error went through."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if "/sroi/" in frame.filename] or frames
    judge = "/tests/fuzz/" in frames[-1].filename
    frame = frames[-1] if judge else ours[-1]
    return f"{Path(frame.filename).name}:{frame.name}:{frame.line}"


def chance_of(target, seed, number):
    """What picks the long calculations for an input."""
    return random.Random(f"chance {seed} {target} {number}")


def run_one(target, seed, number):
    """The failure of one input, or ``read`` or ``refused``."""
    content = made(target, seed, number)
    kind, place, said = outcome(target, content, chance_of(target, seed, number))
    if kind in ("read", "refused"):
        return kind
    return Failure(target, number, kind, place, said, content)


# ── Processes
# ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _work(seed, jobs, at, begun, found):
    """Take the inputs of one process, saying which is at hand, until they are done."""
    import resource

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_DATA, (MOST_MEMORY, MOST_MEMORY))
    known = set()
    while at.value < len(jobs):
        begun.value = time.monotonic()
        result = run_one(jobs[at.value][0], seed, jobs[at.value][1])
        if isinstance(result, Failure) and place_of(result) not in known:
            known.add(place_of(result))
            result = replace(result, smaller=smaller(result, seed))
        found.send(result)
        at.value += 1
    found.close()


@dataclass
class Tally:
    """How many inputs of each target were read, refused or failed."""

    counts: dict = field(default_factory=dict)
    failures: list = field(default_factory=list)
    seconds: float = 0.0

    def add(self, target, result):
        kind = result if isinstance(result, str) else "failed"
        self.counts.setdefault(target, Counter())[kind] += 1
        if not isinstance(result, str):
            self.failures.append(result)

    def __str__(self):
        lines = [f"{'target':12}{'inputs':>9}{'read':>9}{'refused':>9}{'failed':>8}"]
        total = Counter()
        for target, count in self.counts.items():
            total += count
            lines.append(_line(target, count))
        done = sum(total.values())
        rate = f"{done / self.seconds:.0f} a second" if self.seconds else ""
        return "\n".join([*lines, _line("all", total), f"{self.seconds:.0f} seconds, {rate}"])


def _line(name, count):
    figures = (sum(count.values()), count["read"], count["refused"], count["failed"])
    return f"{name:12}{figures[0]:>9,}{figures[1]:>9,}{figures[2]:>9,}{figures[3]:>8,}"


def run(numbers, *, seed, processes, folder, told=print):
    """Run inputs, a list of (target, number), in processes; what fails is written into a folder."""
    context = multiprocessing.get_context("fork")
    for name in TARGETS:  # so that every process begins with the seeds; what starts threads begins in each
        made(name, seed, 0)
    places.folder()
    tally, begun = Tally(), time.monotonic()
    workers = [_Worker(context, seed, numbers[at::processes]) for at in range(processes)]
    seen, last = Counter(), begun
    try:
        while any(worker.alive for worker in workers):
            multiprocessing.connection.wait([each.pipe for each in workers if each.alive], timeout=1)
            for worker in workers:
                for target, result in worker.results():
                    tally.add(target, result)
                    if not isinstance(result, str):
                        keep(result, folder, seed, seen)
            if time.monotonic() - last > 60:
                last = time.monotonic()
                done = sum(sum(each.values()) for each in tally.counts.values())
                rate = done / (last - begun)
                told(
                    f"{done:,} of {len(numbers):,}; {rate:.0f} a second; {len(tally.failures)} failed",
                    flush=True,
                )
    finally:
        for worker in workers:
            worker.stop()
    tally.seconds = time.monotonic() - begun
    return tally


class _Worker:
    """A process with its part of the inputs, begun again after one that ended or silenced it."""

    def __init__(self, context, seed, jobs):
        self.context, self.seed, self.jobs = context, seed, jobs
        self.at = context.Value("l", 0, lock=False)
        self.begun = context.Value("d", 0.0, lock=False)
        self.alive = bool(jobs)
        self.start()

    def start(self):
        self.pipe, theirs = self.context.Pipe(duplex=False)
        self.begun.value = time.monotonic()
        self.process = self.context.Process(
            target=_work, args=(self.seed, self.jobs, self.at, self.begun, theirs), daemon=True
        )
        self.process.start()
        theirs.close()
        self.taken = self.at.value

    def results(self):
        try:
            while self.alive and self.pipe.poll():
                result = self.pipe.recv()
                target = self.jobs[self.taken][0]
                self.taken += 1
                yield target, result
        except EOFError:
            self.process.join()
            if self.taken >= len(self.jobs):
                self.alive = False
                return
            yield self.skip(f"the process ended with {self.process.exitcode}", "Ended")
            return
        if self.alive and time.monotonic() - self.begun.value > SILENT and self.at.value == self.taken:
            self.process.kill()
            self.process.join()
            yield self.skip(f"nothing for {SILENT} seconds", "Hang")

    def skip(self, said, kind):
        target, number = self.jobs[self.taken]
        content = made(target, self.seed, number)
        self.at.value = self.taken + 1
        self.alive = self.at.value < len(self.jobs)
        if self.alive:
            self.start()
        return target, Failure(target, number, kind, "process", said, content)

    def stop(self):
        self.process.kill()
        self.process.join()


# ── What failed
# ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def keep(failure, folder, seed, seen):
    """Write a failing input, smaller where that is simple, and what was said of it."""
    key = place_of(failure)
    seen[key] += 1
    if seen[key] > KEPT:
        return
    folder.mkdir(parents=True, exist_ok=True)
    digest = hashlib.sha256(repr(key).encode()).hexdigest()[:8]
    name = f"{failure.target}-{failure.kind}-{digest}-{seen[key]}"
    (folder / f"{name}.txt").write_text(
        f"{failure.target} seed {seed} number {failure.number}\n{failure.place}\n{failure.said}\n",
        encoding="utf-8",
        errors="backslashreplace",
    )
    (folder / f"{name}.input").write_bytes(failure.content)
    if failure.smaller:
        (folder / f"{name}.smaller").write_bytes(failure.smaller)


def place_of(failure):
    """What failures of one cause have in common."""
    return failure.target, failure.kind, failure.place


def smaller(failure, seed, seconds=10):
    """The input with lines and pieces taken away as long as it fails in the same place; empty of no text."""
    if failure.kind == "Hang" or not TARGETS[failure.target].is_text:
        return b""
    end = time.monotonic() + seconds
    content = failure.content

    def fails(tried):
        kind, place, _ = outcome(failure.target, tried, chance_of(failure.target, seed, failure.number))
        return (kind, place) == (failure.kind, failure.place)

    if not fails(content):
        return content
    for parts in (
        lambda text: text.splitlines(keepends=True),
        lambda text: re.findall(rb"[\w.]+|[^\w.]", text),
    ):
        pieces = parts(content)
        size = max(len(pieces) // 2, 1)
        while size and time.monotonic() < end:
            at = 0
            while at < len(pieces) and time.monotonic() < end:
                tried = pieces[:at] + pieces[at + size :]
                if fails(b"".join(tried)):
                    pieces = tried
                else:
                    at += size
            size //= 2
        content = b"".join(pieces)
    return content


def shared_out(inputs, targets):
    """So many (target, number), each target as often as another."""
    return [(targets[at % len(targets)], at // len(targets)) for at in range(inputs)]


def processors():
    """How many processes a run takes."""
    return os.cpu_count() or 1
