"""Work spread over this machine's processes, results in the order of the work.

Processes, not threads: lxml and onnxruntime are both faster so, and a page that kills its process costs one
chunk, which is then tried page by page.
"""

from __future__ import annotations

import multiprocessing
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import chain, islice
from typing import Any, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

# Pages a process takes at a time: enough to hide the hand-over, few enough to keep all processes busy.
_CHUNK = 4
# Chunks handed out ahead, per process: bounds what is read but not yet written.
_AHEAD = 3


def map_in_processes(
    work: Callable[[Item], Result],
    items: Iterable[Item],
    n_processes: int,
    on_crash: Callable[[Item], Result],
) -> Iterator[Result]:
    """Yield ``work(item)`` for each item in order; ``on_crash(item)`` where the process died on that item.

    Where no process can be started at all, this one does the work. Raises RuntimeError in a process that was itself
    started so: a script without ``if __name__ == "__main__":`` begins again in each of them.
    """
    if n_processes <= 1:
        yield from map(work, items)
        return
    _refuse_in_child()
    chunks = _chunked(iter(items))
    waiting: deque[tuple[Sequence[Item], Future[list[Result]]]] = deque()
    pool = _pool(n_processes, work)
    try:
        while True:
            for chunk in islice(chunks, n_processes * _AHEAD - len(waiting)):
                waiting.append((chunk, _handed(pool, chunk)))
            if not waiting:
                return
            taken, future = waiting.popleft()
            try:
                results = future.result()
            except BrokenProcessPool:
                pool.shutdown(wait=False, cancel_futures=True)
                left = [taken, *(c for c, _ in waiting)]
                waiting.clear()
                if not _can_start(work):
                    yield from (work(item) for chunk in chain(left, chunks) for item in chunk)
                    return
                yield from _one_by_one(work, left, on_crash)
                pool = _pool(n_processes, work)
            else:
                yield from results
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _refuse_in_child() -> None:
    """Says what to do where ``multiprocessing`` itself would, less plainly, refuse."""
    if getattr(multiprocessing.current_process(), "_inheriting", False):
        raise RuntimeError(
            "this script starts again in each process that reads pages for it; put what it does under "
            '`if __name__ == "__main__":`, or read in one process: Settings(run=RunSettings(n_processes=1))'
        )


def _can_start(work: Callable[[Item], Result]) -> bool:
    """Whether a process that has nothing to do lives."""
    with _pool(1, work) as pool:
        try:
            return pool.submit(int).result() == 0
        except BrokenProcessPool:
            return False


def _pool(n_processes: int, work: Callable[[Item], Result]) -> ProcessPoolExecutor:
    context = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(n_processes, mp_context=context, initializer=_install, initargs=(work,))


def _handed(pool: ProcessPoolExecutor, chunk: Sequence[Item]) -> Future[list[Any]]:
    """The chunk's future. A pool that broke while earlier results were being used refuses the chunk: the future
    then says so in its turn, so that no chunk is lost and none overtakes another."""
    try:
        return pool.submit(_each, chunk)
    except BrokenProcessPool as broken:
        refused: Future[list[Any]] = Future()
        refused.set_exception(broken)
        return refused


# The work of this process, sent to it once; it may carry the ids of all pages known.
_installed: list[Callable[[Any], Any]] = []


def _install(work: Callable[[Any], Any]) -> None:
    _installed[:] = [work]


def _chunked(items: Iterator[Item]) -> Iterator[list[Item]]:
    while chunk := list(islice(items, _CHUNK)):
        yield chunk


def _each(chunk: Sequence[Any]) -> list[Any]:
    return [_installed[0](item) for item in chunk]


def _one_by_one(
    work: Callable[[Item], Result], chunks: Iterable[Sequence[Item]], on_crash: Callable[[Item], Result]
) -> Iterator[Result]:
    """After a crash: each item in a process of its own, so that only the guilty one is lost."""
    pool = _pool(1, work)
    try:
        for item in (item for chunk in chunks for item in chunk):
            try:
                result = pool.submit(_each, [item]).result()[0]
            except BrokenProcessPool:
                pool.shutdown(wait=False, cancel_futures=True)
                pool = _pool(1, work)
                result = on_crash(item)
            yield result
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
