"""How long a reader waits for a program of a page: python tests/benchmarks/bench_live.py

From the request to the first line, to the figure, and to the end, with torch warm; the numbers are printed, never
asserted. The budget (ARCHITECTURE.md) is 150 ms and the program's own time.
"""

from __future__ import annotations

import secrets
import statistics
import time
from pathlib import Path

from lessonkit.lesson.parse import read
from lessonkit.live.blocks import block, names
from lessonkit.running.live import Event, LocalEngine, Request
from lessonkit.running.live_spares import local_engine

ROOT = Path(__file__).parents[2]
PROGRAMS = {
    "a line": ("out", "print(1)"),
    "a tensor": ("out", "import torch\nprint(torch.softmax(torch.tensor([1.0, 2.0]), dim=0))"),
    "a figure": ("figure", "import matplotlib.pyplot as plt\nplt.plot([1, 2, 3])\nplt.show()"),
}


def main() -> None:
    """Prints all times."""
    engine = local_engine()
    while engine.status()["state"] != "ready":
        time.sleep(0.05)
    for what, (key, program) in PROGRAMS.items():
        times = [waited(engine, key, program) for _ in range(10)]
        print(f"{statistics.median(times) * 1000:7.0f} ms  {what}, median of 10; worst {max(times) * 1000:.0f} ms")
    lesson = read(ROOT / "lessons" / "softmax.py")
    for edited in (False, True):
        begin = time.perf_counter()
        for name in filter(None, names(lesson, "en")):
            block(lesson, name, "en", f"print({name!r})" if edited else None)
        print(f"{(time.perf_counter() - begin) * 1000:7.0f} ms  all programs of softmax made, edited: {edited}")
    engine.close()


def waited(engine: LocalEngine, key: str, program: str) -> float:
    """Seconds until an event of a kind is reported."""
    reported: list[float] = []
    begin = time.perf_counter()

    def hear(event: Event) -> None:
        if key in event:
            reported.append(time.perf_counter() - begin)

    engine.run(Request(secrets.token_hex(4), program), hear)
    return reported[0]


if __name__ == "__main__":
    main()
