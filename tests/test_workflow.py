"""The workflow that publishes the site: its own shell lines do what they say."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import yaml

ROOT = Path(__file__).parent.parent
WORKFLOW = ROOT / ".github" / "workflows" / "site.yml"
BRANCH = "Put the notebooks on a branch"


def steps(job: str) -> list[dict]:
    return yaml.safe_load(WORKFLOW.read_text(encoding="utf-8"))["jobs"][job]["steps"]


def git(folder: Path, *arguments: str) -> str:
    command = ["git", "-c", "user.name=a", "-c", "user.email=a@localhost", *arguments]
    return subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True).stdout


def test_the_notebooks_of_the_site_become_a_branch(tmp_path: Path) -> None:
    git(tmp_path, "init", "--bare", "origin.git")
    git(tmp_path, "clone", "origin.git", "fork")
    fork = tmp_path / "fork"
    wanted = "torch==2.13.0\nmatplotlib==3.11.2\n"
    requirements = f"# What runs the lessons.\n{wanted}# What tests them.\npytest==9.2.0\nruff==0.17.6\n-e .\n"
    (fork / "requirements.txt").write_text(requirements, encoding="utf-8")
    git(fork, "add", ".")
    git(fork, "commit", "-m", "All")
    for name in (
        "notebooks/softmax.ipynb",
        "en/notebooks/softmax.ipynb",
        "notebooks/softmax/index.html",
        "notebooks/softmax.py",
    ):
        (fork / "site" / name).parent.mkdir(parents=True, exist_ok=True)
        (fork / "site" / name).write_text(name, encoding="utf-8")
    (script,) = (step["run"] for step in steps("publish") if step.get("name") == BRANCH)
    for index in ("", "https://example.org/cpu"):
        env = {**os.environ, "PIP_EXTRA_INDEX_URL": index, "GITHUB_SHA": "abc"}
        subprocess.run(["bash", "-eo", "pipefail", "-c", script], cwd=fork, env=env, check=True, capture_output=True)
    files = git(fork, "ls-tree", "-r", "--name-only", "origin/notebooks").split()
    assert files == ["en/notebooks/softmax.ipynb", "notebooks/softmax.ipynb", "requirements.txt"]
    assert git(fork, "log", "--format=%s", "origin/notebooks") == "Notebooks of abc\n"
    shown = git(fork, "show", "origin/notebooks:requirements.txt")
    assert shown == f"--extra-index-url https://example.org/cpu\n{wanted}"
    assert git(fork, "status", "--porcelain") == "?? site/\n"


def test_the_branch_is_where_the_site_looks_for_notebooks() -> None:
    config = (ROOT / "lessonkit" / "adapters" / "options.py").read_text(encoding="utf-8")
    assert 'branch = c.Type(str, default="notebooks")' in config
    assert "refs/heads/notebooks" in WORKFLOW.read_text(encoding="utf-8")


def test_what_runs_the_lessons_stands_first_in_the_requirements() -> None:
    run, line, _ = (ROOT / "requirements.txt").read_text(encoding="utf-8").partition("# What tests them.\n")
    assert line
    imported = {"torch", "numpy", "matplotlib", "scikit-learn", "mlxtend"}
    assert {one.partition("==")[0] for one in run.splitlines() if not one.startswith("#")} == {*imported, "pillow"}


def test_nothing_is_published_before_it_is_tested() -> None:
    jobs = yaml.safe_load(WORKFLOW.read_text(encoding="utf-8"))["jobs"]
    assert jobs["publish"]["needs"] == "test"
    assert "pytest --all" in [step.get("run") for step in steps("test")]
