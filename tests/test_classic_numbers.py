"""The numbers of the lecture notes that the course grew out of: made again here, and each is on the site."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from lessonkit.lesson.cells import Code
from lessonkit.lesson.parse import read_unchanged

torch = pytest.importorskip("torch")
ROOT = Path(__file__).parents[1]
LABELS = [2, 2, 2, 1, 1, 1, 0, 0]
ONE_SIDED = [[1, 2, 1], [1, 3, 2], [1, 3, 4], [1, 5, 5], [1, 7, 5], [1, 2, 5], [1, 6, 6], [1, 7, 7]]
FOUR = [[1, 2, 1, 1], [2, 1, 3, 2], [3, 1, 3, 4], [4, 1, 5, 5], [1, 7, 5, 5], [1, 2, 5, 6], [1, 6, 6, 6], [1, 7, 7, 7]]
SCORES = [[73, 80, 75], [93, 88, 93], [89, 91, 90], [96, 98, 100], [73, 66, 70]]
NUMBER = re.compile(r"[-−]?\d+\.\d+")
Numbers = dict[str, list[str]]
"""As they are printed, by the set-up that prints them."""


def softmax_and_cross_entropy() -> Iterator[str]:
    torch.manual_seed(1)
    functional = torch.nn.functional
    logits = torch.rand(3, 5)
    target = torch.randint(5, (3,))
    tables = (logits, functional.softmax(logits, dim=1), functional.log_softmax(logits, dim=1))
    yield from (f"{one:.4f}" for one in functional.softmax(torch.tensor([1.0, 2.0, 3.0]), dim=0))
    yield from (f"{one:.4f}" for table in tables for one in table.flatten())
    yield f"{functional.cross_entropy(logits, target):.4f}"


def softmax_regression(softmax_twice: bool) -> Iterator[str]:
    x, y = torch.tensor(FOUR).float(), torch.tensor(LABELS)
    weight, bias = torch.zeros(4, 3, requires_grad=True), torch.zeros(1, requires_grad=True)
    optimizer = torch.optim.SGD([weight, bias], lr=0.1)
    for epoch in range(1001):
        z = x @ weight + bias
        loss = torch.nn.functional.cross_entropy(z.softmax(1) if softmax_twice else z, y)
        if epoch % 100 == 0:
            yield f"{loss.item():.6f}"
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()


def losses(model: Any, x: Any, y: Any, lr: float, loss_of: Any) -> Iterator[float]:
    """The loss before each of twenty updates."""
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    for _ in range(20):
        loss = loss_of(model(x), y)
        yield loss.item()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()


def classic_numbers() -> Numbers:
    """Every decimal that the notes print. Their five runs share one stream of random numbers."""
    functional = torch.nn.functional
    found: Numbers = {
        "softmax and cross entropy": list(softmax_and_cross_entropy()),
        "softmax regression": list(softmax_regression(softmax_twice=False)),
        "softmax twice": list(softmax_regression(softmax_twice=True)),
    }
    torch.manual_seed(1)
    x, y = torch.tensor(ONE_SIDED).float(), torch.tensor(LABELS)
    for name, lr in (("lr 0.1", 0.1), ("lr 1e5", 1e5), ("lr 1e-10", 1e-10), ("lr 1e-1", 0.1)):
        model = torch.nn.Linear(3, 3)
        found[name] = [f"{loss:.6f}" for loss in losses(model, x, y, lr, functional.cross_entropy)]
        if name == "lr 0.1":
            test = torch.tensor([[2.0, 1.0, 1.0], [3.0, 1.0, 2.0], [3.0, 3.0, 4.0]])
            found["test"] = [f"{functional.cross_entropy(model(test), torch.tensor([2, 2, 2])):.6f}"]
    raw = torch.tensor(SCORES).float()
    z = (raw - raw.mean(dim=0)) / raw.std(dim=0)
    points = torch.tensor([[152.0], [185.0], [180.0], [196.0], [142.0]])
    found["standardized"] = [f"{one:.4f}" for one in z.flatten()]
    for name, penalized in (("regression", False), ("penalized", True)):
        model = torch.nn.Linear(3, 1)

        def loss_of(answers: Any, right: Any, model: Any = model, penalized: bool = penalized) -> Any:
            norms = sum(one.norm() for one in model.parameters()) if penalized else 0
            return functional.mse_loss(answers, right) + norms

        found[name] = [f"{loss:.6f}" for loss in losses(model, z, points, 0.1, loss_of)]
    return found


def recorded(lesson: Path) -> list[str]:
    """The decimals that a lesson prints."""
    cells = (cell for cell in read_unchanged(lesson).cells if isinstance(cell, Code))
    return [number for cell in cells for line in cell.recorded for number in NUMBER.findall(line)]


def missing(numbers: Numbers, shown: list[str]) -> list[str]:
    """What no page shows with as many decimals, to float32 accuracy."""
    by_decimals: dict[int, list[float]] = {}
    for one in shown:
        by_decimals.setdefault(len(one.partition(".")[2]), []).append(float(one.replace("−", "-")))
    return [
        f"{where}: {number}"
        for where, printed in numbers.items()
        for number in printed
        if not any(
            abs(float(number) - other) <= max(2e-6 * abs(other), 1.01 * 10.0 ** -len(number.partition(".")[2]))
            for other in by_decimals.get(len(number.partition(".")[2]), ())
        )
    ]


@pytest.fixture(scope="module")
def site() -> list[str]:
    return [number for path in (ROOT / "lessons").glob("*.py") for number in recorded(path)]


@pytest.mark.rest
def test_every_number_of_the_notes_is_on_the_site(site: list[str]) -> None:
    numbers = classic_numbers()
    assert len({number for printed in numbers.values() for number in printed}) >= 170
    assert missing(numbers, site) == []


def test_a_number_that_no_page_shows_is_reported(site: list[str]) -> None:
    assert missing({"test": ["1.425844", "1.435844"]}, [*site, "1.425844"]) == ["test: 1.435844"]
    assert missing({"test": ["1.425844"]}, ["1.4258"]) == ["test: 1.425844"], "with fewer decimals it is another number"
