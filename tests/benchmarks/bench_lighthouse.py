"""What Lighthouse (mobile) says of every page: python tests/benchmarks/bench_lighthouse.py [part of an address ...]

Builds the site with its address as SITE_URL, serves it compressed as hosts do, and asks Lighthouse from npm, in the
version below, with the system's Chromium. A page whose first report shows a performance below 99 is asked twice more,
and the report in the middle counts: one report of a busy second is no property of a page. The four scores are printed,
never asserted; each audit that lost points is named under its page. The whole site takes about half an hour, in which
nothing else may run; `python ... en/softmax/` asks for the pages whose address holds that text.
"""

from __future__ import annotations

import functools
import gzip
import http.server
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

ROOT = Path(__file__).parents[2]
LIGHTHOUSE = "lighthouse@13.5.0"
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome", "chrome"))), None)
FLAGS = "--headless=new --no-sandbox --disable-gpu --disable-background-networking --disable-component-update"
PLAINLY_GOOD = 0.99  # a performance above the budget of 0.98
COMPRESSED = {".html", ".css", ".js", ".json", ".svg", ".xml", ".ipynb", ".py"}


class Host(http.server.SimpleHTTPRequestHandler):
    """Serves files as a host does: texts compressed, to be kept for ten minutes."""

    protocol_version = "HTTP/1.1"

    def log_message(self, *_: object) -> None:
        pass

    def do_GET(self) -> None:  # noqa: N802
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if not path.is_file():
            self.send_error(404)
            return
        content = path.read_bytes()
        self.send_response(200)
        if path.suffix in COMPRESSED:
            content = gzip.compress(content)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Type", self.guess_type(path))
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Cache-Control", "max-age=600")
        self.end_headers()
        self.wfile.write(content)


def main() -> None:
    """Prints one line a page, and what is below 100."""
    if not CHROMIUM or not shutil.which("npm"):
        sys.exit("Lighthouse needs Chromium and npm on this machine")
    with tempfile.TemporaryDirectory() as folder:
        site, tools = Path(folder) / "site", Path(folder) / "tools"
        with http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Host, directory=site)) as server:
            threading.Thread(target=server.serve_forever, daemon=True).start()
            start = f"http://127.0.0.1:{server.server_port}/"
            build(site, start)
            subprocess.run(["npm", "install", "--silent", "--prefix", tools, LIGHTHOUSE], check=True)
            print(f"{'  '.join(CATEGORIES)}   page", flush=True)
            for address in pages(site, sys.argv[1:]):
                show(address, middle_report(tools, start + address))
            server.shutdown()


def build(site: Path, start: str) -> None:
    """The whole site, as it is published at an address."""
    environment = {**os.environ, "SITE_URL": start, "NO_MKDOCS_2_WARNING": "1"}
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--strict", "--site-dir", str(site)]
    subprocess.run(command, cwd=ROOT, env=environment, check=True)


def pages(site: Path, wanted: list[str]) -> list[str]:
    """The addresses of all pages, or of those that hold one of the texts."""
    found = (path.parent.relative_to(site).as_posix() + "/" for path in sorted(site.rglob("index.html")))
    addresses = [address.removeprefix("./") for address in found]
    return [address for address in addresses if not wanted or any(text in address for text in wanted)]


def middle_report(tools: Path, address: str) -> dict:
    """The report of a page, of three the one with the middle performance where the first is not plainly good."""
    reports = [report(tools, address)]
    if performance(reports[0]) < PLAINLY_GOOD:
        reports += [report(tools, address) for _ in range(2)]
    return sorted(reports, key=performance)[len(reports) // 2]


def performance(reported: dict) -> float:
    """Lighthouse's performance from 0 to 1."""
    return reported["categories"]["performance"]["score"] or 0


def report(tools: Path, address: str) -> dict:
    """Lighthouse's own report of a page."""
    program = tools / "node_modules" / ".bin" / "lighthouse"
    options = ["--quiet", "--output=json", f"--only-categories={','.join(CATEGORIES)}", f"--chrome-flags={FLAGS}"]
    done = subprocess.run(
        [program, address, *options],
        env={**os.environ, "CHROME_PATH": CHROMIUM},
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    return json.loads(done.stdout)


def show(address: str, reported: dict) -> None:
    """The scores of a page, and the audits that lost points."""
    scores = [round((reported["categories"][name]["score"] or 0) * 100) for name in CATEGORIES]
    print("  ".join(f"{score:{len(name)}}" for score, name in zip(scores, CATEGORIES, strict=True)), " /" + address)
    for score, name in zip(scores, CATEGORIES, strict=True):
        for lost in reported["categories"][name]["auditRefs"] if score < 100 else ():
            audit = reported["audits"][lost["id"]]
            if lost["weight"] and audit["score"] is not None and audit["score"] < 0.995:
                print(f"      {audit['id']}: {audit['title']} {audit.get('displayValue', '')}", flush=True)


if __name__ == "__main__":
    main()
