"""How long a lab takes from an input to its redrawn page: python tests/benchmarks/bench_labs.py [SITE]

SITE is a built site; without it the project is built for this. Each dial of each lab is moved many times in headless
Chromium. Printed are the milliseconds of the main thread for one input (script, styles, layout): median, the slowest of
ten, and the tasks over 50 ms. The budget is 8 ms. Nothing is asserted; what else the machine does is in the figures.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.append(str(ROOT / "tests" / "browser"))

from conftest import CHROMIUM, FLAGS  # noqa: E402 - it lies beside the browser's tests
from playwright.sync_api import CDPSession, sync_playwright  # noqa: E402
from reading import serving  # noqa: E402

MOVES = 60
PARTS = ("ScriptDuration", "LayoutDuration", "RecalcStyleDuration")
MOVE = """async (at) => {
    const dials = document.querySelectorAll("[data-lab] input[type=range]");
    const dial = dials[at % dials.length];
    dial.value = +dial.min + (dial.max - dial.min) * Math.random();
    dial.dispatchEvent(new Event("input", { bubbles: true }));
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
}"""
TASKS = """() => {
    window.tasks = [];
    new PerformanceObserver((list) => tasks.push(...list.getEntries().map(({ duration }) => duration)))
        .observe({ entryTypes: ["longtask"] });
}"""


def milliseconds(session: CDPSession) -> float:
    """What the main thread of a page has spent so far."""
    metrics = {metric["name"]: metric["value"] for metric in session.send("Performance.getMetrics")["metrics"]}
    return 1000 * sum(metrics[part] for part in PARTS)


def main(site: Path) -> None:
    """Prints a line for each lab."""
    with serving(site) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        print("median  slowest tenth  tasks over 50 ms  lab")
        for path in sorted((site / "en").glob("*/index.html")):
            page = browser.new_page()
            page.goto(f"{address}en/{path.parent.name}/")
            lab = page.locator("[data-lab]").first
            if lab.count():
                lab.scroll_into_view_if_needed()
                page.locator("[data-lab] input").first.wait_for()
                page.wait_for_timeout(1000)
                session = page.context.new_cdp_session(page)
                session.send("Performance.enable")
                page.evaluate(TASKS)
                spent = []
                for at in range(MOVES):
                    before = milliseconds(session)
                    page.evaluate(MOVE, at)
                    spent.append(milliseconds(session) - before)
                tenth = sorted(spent)[-MOVES // 10]
                long = len(page.evaluate("window.tasks"))
                mark = "!" if statistics.median(spent) > 8 else " "
                print(f"{statistics.median(spent):6.1f}{mark} {tenth:13.1f} {long:17}  {path.parent.name}")
            page.close()
        browser.close()


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        built = Path(sys.argv[1]) if sys.argv[1:] else Path(folder)
        if not sys.argv[1:]:
            subprocess.run(
                [sys.executable, "-m", "mkdocs", "build", "--quiet", "--site-dir", built], cwd=ROOT, check=True
            )
        main(built)
