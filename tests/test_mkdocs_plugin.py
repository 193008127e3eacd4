"""The site in both languages: built, broken, and served."""

from __future__ import annotations

import json
import re
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from small_site import edit, make_project, mkdocs, page

from lessonkit.adapters.single_page import check_pages
from lessonkit.lesson.parse import read


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A small project of its own for each test."""
    return make_project(tmp_path)


def test_one_command_builds_both_languages(project: Path) -> None:
    result = mkdocs(project, "build", "--strict", SITE_URL="https://example.org/s/")
    assert result.returncode == 0, result.stderr
    for address, lang, title, canonical in (
        ("good", "ko", "합과 평균", "https://example.org/s/good/"),
        ("en/good", "en", "Sum and mean", "https://example.org/s/en/good/"),
    ):
        html = page(project, address)
        assert f'<html lang="{lang}"' in html
        assert f"<title>{title}" in html
        assert f'<link rel="canonical" href="{canonical}">' in html
        assert "The sum is 6" in html  # the recorded output
    assert "첫째 부분" in page(project, "good")
    assert "Part one" in page(project, "en/good")
    for folder, own, foreign in (("", "더한 값", "Adding"), ("en", "Adding", "더한 값")):
        index = json.loads((project / "site" / folder / "search" / "search_index.json").read_text(encoding="utf-8"))
        text = " ".join(entry["text"] for entry in index["docs"])
        assert own in text
        assert foreign not in text


@pytest.mark.rest
def test_a_site_without_a_description_has_none_in_its_previews(project: Path) -> None:
    assert mkdocs(project, "build", "--strict", SITE_URL="https://example.org/s/").returncode == 0
    head = page(project, "").partition("</head>")[0]
    assert 'property="og:site_name"' in head
    assert "og:description" not in head
    assert "None" not in head


def test_settings_without_the_plugin_are_reported(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(project)
    (project / "mkdocs.yml").write_text("site_name: Trial\ndocs_dir: docs/ko\n", encoding="utf-8")
    lesson = read(project / "lessons" / "good.py")
    assert check_pages(lesson, project / "mkdocs.yml") == [
        "mkdocs.yml:1: there is no plugin `lessons`\nAdd it: - lessons"
    ]


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ("site_name: Trial\nnav: good.md\n", "2: Config value 'nav': Expected nav to be a list, got 'good.md'"),
        ("nav: [good.md]\n", "1: Config value 'site_name': Required configuration not provided."),
        (f"nav: {'[' * 2000}", "mkdocs.yml:1: maximum recursion depth exceeded"),
    ],
)
def test_settings_that_mkdocs_refuses_are_reported(
    project: Path, monkeypatch: pytest.MonkeyPatch, settings: str, message: str
) -> None:
    monkeypatch.chdir(project)
    lesson = read(project / "lessons" / "good.py")
    (project / "mkdocs.yml").write_text(settings, encoding="utf-8")
    (told,) = check_pages(lesson, project / "mkdocs.yml")
    assert message in str(told)


@pytest.mark.rest
def test_the_build_imports_neither_torch_nor_matplotlib(project: Path) -> None:
    code = (
        "import sys; from mkdocs.__main__ import cli\n"
        "try: cli(['build'])\n"
        "except SystemExit as end: assert not end.code, end.code\n"
        "print('IMPORTED', sorted({'torch', 'matplotlib', 'numpy'} & set(sys.modules)))"
    )
    result = subprocess.run([sys.executable, "-c", code], cwd=project, capture_output=True, text=True, timeout=120)
    assert "IMPORTED []" in result.stdout, result.stderr


@pytest.mark.rest
def test_the_course_map_lists_the_lessons_of_the_nav(project: Path) -> None:
    mkdocs(project, "build")
    assert re.search(r'<a href="good/">합과 평균</a>', page(project, ""))
    assert "첫째 부분" in page(project, "")
    assert "Part one" in page(project, "en")


def test_a_page_in_one_language_only_is_a_warning(project: Path) -> None:
    (project / "docs" / "ko" / "more.md").write_text("# 더\n", encoding="utf-8")
    result = mkdocs(project, "build", "--strict")
    assert result.returncode != 0
    assert "docs/en/more.md:1: this page has no en version" in result.stderr


def test_changed_code_without_a_new_record_fails_the_strict_build(project: Path) -> None:
    edit(project, "numbers = [1, 2, 3]", "numbers = [1, 2, 4]")
    result = mkdocs(project, "build", "--strict")
    assert result.returncode != 0
    assert "lessons/good.py:1: the code or its outputs changed since they were recorded" in result.stderr
    assert "Run: pytest lessons/good.py --update-outputs" in result.stderr


@pytest.mark.rest
def test_records_of_a_lesson_that_is_gone_fail_the_strict_build(project: Path) -> None:
    (project / "lessons" / "records" / "gone").mkdir()
    result = mkdocs(project, "build", "--strict")
    assert result.returncode == 1
    assert result.stderr.count("lessons/records/gone:1: these records belong to no lesson") == 1


@pytest.mark.rest
def test_an_expression_that_is_shown_nowhere_fails_the_strict_build(project: Path) -> None:
    edit(project, "# %%\n", "# %%\n1 + 1\n")
    result = mkdocs(project, "build", "--strict")
    assert result.returncode == 1
    assert "this expression is shown nowhere" in result.stderr


def test_an_output_typed_by_hand_fails_the_strict_build(project: Path) -> None:
    edit(project, "# > The sum is 6", "# > The sum is 7")
    result = mkdocs(project, "build", "--strict")
    assert result.returncode != 0
    assert "changed since they were recorded" in result.stderr


@pytest.mark.rest
def test_changed_prose_needs_no_new_record(project: Path) -> None:
    edit(project, "더한 값", "모두 더한 값")
    edit(project, "# ko: 세 수", "# ko: 수 세 개")
    assert mkdocs(project, "build", "--strict").returncode == 0


FAULTS = {
    "half a pair": (
        '# %% [markdown] lang="en"\n# ## A',
        '# %% [markdown] lang="ko"\n# ## A',
        "this ko cell has no en cell beside it",
    ),
    "a bad marker": ('# %% figure="bars"', "# %% figure=bars", "this cell marker is not understood"),
    "not Python": ("numbers = [1, 2, 3]", "numbers = [1, 2, 3", "this is not valid Python"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_broken_lesson_stops_the_build_with_its_line(project: Path, fault: str) -> None:
    old, new, sentence = FAULTS[fault]
    edit(project, old, new)
    result = mkdocs(project, "build")
    assert result.returncode != 0
    assert re.search(rf"lessons/good\.py:\d+: {sentence}", result.stderr)
    assert "Traceback" not in result.stderr


def test_a_missing_figure_stops_the_build(project: Path) -> None:
    (project / "lessons/records/good/bars.svg").unlink()
    result = mkdocs(project, "build")
    assert result.returncode != 0
    assert 'the figure "bars" is not recorded' in result.stderr
    assert "Run: pytest lessons/good.py --update-outputs" in result.stderr


def test_a_bad_formula_of_a_hand_written_page_is_reported_with_its_line(project: Path) -> None:
    (project / "docs/ko/index.md").write_text("# 집\n\n$\\nosuch{x}$\n", encoding="utf-8")
    result = mkdocs(project, "build")
    assert result.returncode != 0
    assert re.search(r"docs/ko/index\.md:3: .*nosuch", result.stderr)


@pytest.mark.rest
def test_a_bad_formula_below_front_matter_is_reported_with_its_line_and_a_hint(project: Path) -> None:
    formula = "$$\n\\begin{aligned}\na &= b \\\\[1em]\nc &= d\n\\end{aligned}\n$$\n"
    (project / "docs/ko/index.md").write_text(f"---\ntitle: 집\n---\n\n# 집\n\n{formula}", encoding="utf-8")
    result = mkdocs(project, "build")
    assert result.returncode != 0
    assert re.search(r"docs/ko/index\.md:9: The formula .* the \[1em\] after \\\\ would be printed", result.stderr)
    assert r"Write \\ alone" in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.rest
def test_a_folder_without_lessons_says_so(project: Path) -> None:
    (project / "lessons" / "good.py").unlink()
    result = mkdocs(project, "build")
    assert result.returncode != 0
    assert "there is no lesson here" in result.stderr


class Server:
    """`mkdocs serve` of a project on a free port."""

    def __init__(self, project: Path):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.project = project
        self.log = (project / "serve.log").open("w+", encoding="utf-8")
        command = [sys.executable, "-m", "mkdocs", "serve", "--dev-addr", f"127.0.0.1:{port}"]
        self.address = f"http://127.0.0.1:{port}/"
        self.process = subprocess.Popen(command, cwd=project, stdout=self.log, stderr=self.log)

    def read(self, address: str) -> str:
        try:
            with urllib.request.urlopen(self.address + address, timeout=5) as answer:
                return answer.read().decode()
        except OSError:
            return ""

    def wait_for(self, address: str, text: str, seconds: float = 60) -> None:
        end = time.monotonic() + seconds
        while text not in self.read(address):
            assert self.process.poll() is None, "the server ended"
            assert time.monotonic() < end, f"{address} never showed {text!r}"
            time.sleep(0.1)

    def close(self) -> str:
        self.process.terminate()
        self.process.wait()
        self.log.seek(0)
        text = self.log.read()
        self.log.close()
        return text


@pytest.fixture
def serve() -> Iterator[list[Server]]:
    """Servers put here are ended with the test."""
    servers: list[Server] = []
    yield servers
    for server in servers:
        if server.process.poll() is None:
            server.close()


@pytest.mark.rest
def test_serve_follows_edits_in_both_languages_and_survives_a_broken_lesson(project: Path, serve: list[Server]) -> None:
    server = Server(project)
    serve.append(server)
    server.wait_for("good/", "더한 값")
    server.wait_for("en/good/", "Adding")
    edit(project, "Adding", "Adding up")
    server.wait_for("en/good/", "Adding up")
    edit(project, "# %% figure", "# %% picture")
    server.wait_for("good/", "this cell marker is not understood")
    server.wait_for("en/good/", "this cell marker is not understood")
    edit(project, "# %% picture", "# %% figure")
    server.wait_for("good/", "더한 값")
    edit(project, "# Home", "# My home", "docs/en/index.md")
    server.wait_for("en/", "My home")
    page = project / "docs" / "ko" / "index.md"
    page.write_bytes("# 집\n".encode("cp949"))
    server.wait_for("", "docs/ko/index.md:1: the file is not UTF-8")
    page.write_text("# 새집\n", encoding="utf-8")
    server.wait_for("", "새집")
    log = server.close()
    assert "Traceback" not in log
    assert f"한국어: {server.address}" in log
    assert f"English: {server.address}en/" in log


@pytest.mark.rest
def test_serve_starts_with_a_broken_lesson(project: Path, serve: list[Server]) -> None:
    edit(project, "numbers = [1, 2, 3]", "numbers = [1, 2, 3")
    server = Server(project)
    serve.append(server)
    server.wait_for("good/", "this is not valid Python")
    edit(project, "numbers = [1, 2, 3", "numbers = [1, 2, 3]")
    server.wait_for("good/", "더한 값")
