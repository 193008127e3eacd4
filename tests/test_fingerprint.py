"""What a name stands for, told so that two runs agree exactly when it is the same."""

from __future__ import annotations

import enum
import io
import itertools
import logging
import random
import subprocess
import sys
import textwrap
import types
from collections import Counter, OrderedDict, deque, namedtuple
from dataclasses import dataclass, field
from types import SimpleNamespace

import numpy as np
import pytest

from lessonkit.running.description import UNREAD
from lessonkit.running.fingerprint import LONGEST, fingerprint, fingerprints
from lessonkit.running.run import environment

torch = types.SimpleNamespace()
"""The module, once a test of this file begins: collecting them imports no torch."""
Point = namedtuple("Point", "x y")


@dataclass
class Node:
    value: int
    following: list = field(default_factory=list)


class Slots:
    __slots__ = ("a", "b")

    def __init__(self, a):
        self.a = a


def cycle(value):
    items = [value]
    items.append(items)
    return items


def layer(seed=0, **more):
    torch.manual_seed(seed)
    return torch.nn.Sequential(torch.nn.Linear(2, 3, **more), torch.nn.BatchNorm1d(3), torch.nn.Dropout(0.5))


def trained(steps, rate=0.1, kind="Adam"):
    model = layer()
    optimizer = getattr(torch.optim, kind)(model.parameters(), lr=rate)
    for _ in range(steps):
        optimizer.zero_grad()
        model(torch.ones(2, 2)).sum().backward()
        optimizer.step()
    return optimizer


def with_grad(value):
    tensor = torch.zeros(2, requires_grad=True)
    (tensor * value).sum().backward()
    return tensor


def scaled(factor):
    return lambda x: x * factor


def drawn(seed):
    return torch.Generator().manual_seed(seed)


DIFFERENT = {
    "numbers": lambda: [1, 1.0, True, 2, -1, 1j, 0.0, float("nan"), float("inf"), 10**400, None, ...],
    "texts": lambda: ["a", "b", b"a", "", "a" * 1000, "a" * 1001, bytearray(b"a")],
    "containers": lambda: [
        [1, 2],
        [2, 1],
        (1, 2),
        {1, 2},
        frozenset({1, 2}),
        {1: 2},
        {2: 1},
        [],
        {},
        (),
        [[1], 2],
        deque([1, 2]),
    ],
    "counted": lambda: [
        Counter("ab"),
        Counter("abb"),
        OrderedDict(a=1),
        Point(1, 2),
        Point(2, 1),
        SimpleNamespace(x=1),
    ],
    "long": lambda: [list(range(10_000)), [*range(9_999), 0]],
    "objects": lambda: [Node(1), Node(2), Node(1, [Node(2)]), Slots(1), Slots(2), cycle(1), cycle(2), Node, Slots],
    "tensors": lambda: [
        torch.zeros(2),
        torch.ones(2),
        torch.zeros(2, dtype=torch.float64),
        torch.zeros(2, dtype=torch.bfloat16),
        torch.zeros(2, 1),
        torch.zeros(2, requires_grad=True),
        torch.zeros(2, requires_grad=True) * 1,
        torch.nn.Parameter(torch.zeros(2)),
        with_grad(1.0),
        with_grad(2.0),
        torch.tensor(0.0),
        torch.tensor([]),
        torch.zeros(2, dtype=torch.complex64),
        torch.zeros(2, dtype=torch.bool),
        torch.zeros(2).to_sparse(),
        torch.zeros(1000),
        torch.cat([torch.zeros(999), torch.ones(1)]),
        torch.tensor([float("nan")]),
    ],
    "arrays": lambda: [
        np.zeros(2),
        np.ones(2),
        np.zeros(2, np.float32),
        np.zeros((2, 1)),
        np.float64(0),
        np.array([None, 1]),
        np.array([None, 2]),
        np.array(["a"]),
    ],
    "modules": lambda: [layer(), layer(1), layer().eval(), layer(bias=False), torch.nn.Linear(2, 3)],
    "optimizers": lambda: [trained(0), trained(1), trained(2), trained(1, 0.2), trained(1, kind="SGD")],
    "functions": lambda: [
        scaled(2),
        scaled(3),
        lambda x: x + 1,
        lambda x, y=1: x + y,
        max,
        min,
        torch.relu,
        "a".upper,
        np.sin,
    ],
    "generators": lambda: [
        drawn(0),
        drawn(1),
        random.Random(0),
        random.Random(1),
        np.random.default_rng(0),
        iter([]),
        Ellipsis,
    ],
    "data": lambda: [
        torch.utils.data.DataLoader(torch.arange(size), batch_size=batch, shuffle=shuffle)
        for size, batch, shuffle in [(4, 2, True), (4, 2, False), (4, 4, True), (5, 2, True)]
    ],
    "others": lambda: [
        torch.float32,
        torch.float64,
        torch.device("cpu"),
        sys,
        ValueError("a"),
        ValueError("b"),
        range(3),
        slice(3),
    ],
}


@pytest.fixture(autouse=True, scope="module")
def _torch():
    global torch
    torch = pytest.importorskip("torch")


@pytest.fixture(autouse=True)
def _own_classes(monkeypatch):
    for own in (Node, Slots):
        monkeypatch.setattr(own, "__module__", "__main__")


@pytest.mark.parametrize("kind", DIFFERENT)
def test_what_differs_is_reported_apart(kind):
    values = DIFFERENT[kind]()
    for value in values:
        if isinstance(value, types.FunctionType):
            value.__module__ = "__main__"
    reported = [fingerprint(value) for value in values]
    assert not [one.said for one in reported if UNREAD in one.said]
    for (a, one), (b, other) in itertools.combinations(zip(values, reported, strict=True), 2):
        assert not one.agrees(other), (a, b)
    assert max(len(one.said) for one in reported) <= LONGEST


SAME = {
    "sets": lambda: (set("abcdef"), set("fedcba")),
    "gradients": lambda: (with_grad(1.0), with_grad(1.0)),
    "optimizers": lambda: (trained(2), trained(2)),
    "modules": lambda: (layer(), layer()),
    "cycles": lambda: (cycle(1), cycle(1)),
    "functions": lambda: (scaled(2), scaled(2)),
    "objects": lambda: (object(), object()),
    "addresses": lambda: (repr(object()), repr(object())),
    "errors": lambda: (ValueError(object()), ValueError(object())),
    "generators of torch": lambda: (drawn(3), drawn(3)),
    "a part of a tensor": lambda: (torch.zeros(2), torch.zeros(2, 2)[0]),
    "strides": lambda: (torch.arange(4.0).reshape(2, 2).T, torch.tensor([[0.0, 2.0], [1.0, 3.0]])),
    "generators": lambda: ((x for x in "a"), (x for x in "a")),
    "files": lambda: (io.StringIO("a"), io.StringIO("a")),
    "hooks": lambda: [torch.nn.Linear(1, 1).register_forward_hook(one) for one in (max, min)],
    "one object twice": lambda: ([(1, 2), (1, 2)], [(1, 2)] * 2),
}


@pytest.mark.parametrize("kind", SAME)
def test_what_is_the_same_is_reported_alike(kind):
    one, other = SAME[kind]()
    assert fingerprint(one) == fingerprint(other)


@pytest.mark.parametrize(
    ("values", "change", "noise"),
    [
        (np.ones(3), 1e-7, 1e-12),
        (np.ones((300, 300)), 1e-4, 1e-12),
        (np.arange(1e5), 1.0, 1e-8),
        (np.ones(3) * 1e-3, 1e-9, 1e-16),
        (np.zeros(4), 1e-10, 1e-16),
        (np.array([1 + 2j]), 1e-6j, 1e-13j),
    ],
)
def test_rounding_noise_is_no_difference_and_a_change_of_one_number_is(values, change, noise):
    assert fingerprint(values).agrees(fingerprint(values + noise))
    assert fingerprint(values.tolist()).agrees(fingerprint((values + noise).tolist()))
    for place in (0, -1, values.size // 2):
        changed = values.copy()
        changed.flat[place] += change
        assert not fingerprint(values).agrees(fingerprint(changed))
        assert not fingerprint(torch.tensor(values)).agrees(fingerprint(torch.tensor(changed)))
    swapped = values + np.arange(values.size).reshape(values.shape) * change
    assert values.size == 1 or not fingerprint(swapped).agrees(fingerprint(swapped[::-1]))


def test_numbers_that_are_not_finite_keep_their_places():
    infinite, nan = np.ones(9000), np.ones(9000)
    infinite[5000], nan[5000] = np.inf, np.nan
    assert fingerprint(nan).agrees(fingerprint(nan + 1e-12))
    assert not fingerprint(nan).agrees(fingerprint(infinite))
    assert not fingerprint(nan).agrees(fingerprint(nan[::-1]))
    assert not fingerprint([float("nan"), 1.0]).agrees(fingerprint([1.0, float("nan")]))


def test_looking_changes_nothing_and_calls_nothing_of_the_lesson():
    def fail(self, *_):
        raise AssertionError

    class Loud:
        __repr__ = __str__ = __eq__ = __iter__ = __len__ = __bool__ = __getattr__ = fail
        name = property(fail)
        __hash__ = object.__hash__

        def __init__(self):
            self.x = 1

    Loud.__module__ = "__main__"
    numbers, states = iter([1, 2]), (torch.get_rng_state(), random.getstate())
    loader = torch.utils.data.DataLoader([1, 2], shuffle=True)
    assert fingerprint(Loud()).said.endswith("Loud(x=1)")
    assert not any(UNREAD in reported.said for reported in fingerprints({"n": numbers, "loader": loader}).values())
    assert list(numbers) == [1, 2]
    assert torch.equal(states[0], torch.get_rng_state())
    assert states[1] == random.getstate()


@pytest.mark.rest
def test_what_holds_very_much_ends():
    deep = []
    for _ in range(100_000):
        deep = [deep]
    assert len(fingerprint(deep).said) <= LONGEST
    assert len(fingerprint([[n] for n in range(300_000)]).said) <= LONGEST


def test_hidden_states_are_reported_beside_the_names():
    torch.manual_seed(0)
    before = fingerprints({"x": 1, "__name__": "a"})
    torch.rand(1)
    after = fingerprints({"x": 1})
    assert {name for name in after if before[name] != after[name]} == {"random state of torch"}
    assert before.keys() == {"x", *(f"random state of {whose}" for whose in ("torch", "numpy", "Python"))}


def test_what_libraries_note_about_their_own_is_no_part_of_a_value(monkeypatch):
    logger = logging.getLogger("lessonkit.test")
    before = fingerprint([enum.Enum.__str__, logger])
    monkeypatch.setattr(enum.Enum.__str__, "_torchscript_modifier", "ignored", raising=False)
    logging.getLogger("lessonkit.test.another")
    assert fingerprint([enum.Enum.__str__, logger]) == before
    monkeypatch.setattr(logger, "level", 10)
    assert fingerprint([enum.Enum.__str__, logger]) != before


@pytest.mark.rest
def test_two_processes_tell_the_same():
    script = textwrap.dedent("""
        import dataclasses, enum, functools, json, torch, numpy as np
        from lessonkit.running.fingerprint import fingerprints
        torch.manual_seed(0)
        class Color(enum.Enum):
            RED = 1
        @dataclasses.dataclass
        class Settings:
            rate: float = 0.1
            names: set = dataclasses.field(default_factory=lambda: {"a", "b", "c"})
        class Net(torch.nn.Module):
            def __init__(self):
                super().__init__()
                self.layer, self.kinds = torch.nn.Linear(2, 2), {"x", "y", "z"}
            def forward(self, x):
                return self.layer(x) if x.sum() in (1, 2) else x
        @functools.cache
        def f(x, *, names=frozenset("abc")):
            return x in {"p", "q", "r"}
        net, settings, color, partial = Net(), Settings(), Color.RED, functools.partial(f, names="a")
        net.layer.register_forward_hook(lambda *_: None)
        optimizer = torch.optim.AdamW(net.parameters())
        plan = torch.optim.lr_scheduler.StepLR(optimizer, 1)
        net(torch.ones(2)).sum().backward(); optimizer.step(); plan.step()
        errors, array = [KeyError(object())], np.array([{1, 2}, object()])
        print(json.dumps({k: v for k, v in fingerprints(vars()).items() if not k.startswith("random")}))
    """)
    reported = {
        subprocess.run(
            [sys.executable, "-c", script],
            env=environment() | {"PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(reported) == 1
    assert UNREAD not in reported.pop()
