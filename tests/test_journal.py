"""A table of the abstract run behaves as copies of it would, one for each way, joined afterwards."""

from __future__ import annotations

import random

from lessonkit.programs.journal import Table

KEYS = "abcd"


def change(table: dict, rng: random.Random) -> None:
    """Sets a key, or takes it away."""
    key, value = rng.choice(KEYS), frozenset({rng.randrange(100)})
    if rng.random() < 0.3:
        table.pop(key, None)
    else:
        table[key] = value


def joined(ends: list[dict]) -> dict:
    """What any of several tables may hold."""
    keys = {key for end in ends for key in end}
    return {key: frozenset().union(*(end.get(key, frozenset()) for end in ends)) for key in keys}


def go(table: Table | dict, rng: random.Random, depth: int, exits: list[dict]) -> dict:
    """A random run with ways in ways; a plain dict is copied for each of them."""
    for _ in range(rng.randrange(4)):
        change(table, rng)
    if depth and isinstance(table, Table):
        ends = []
        for _ in range(rng.randrange(1, 4)):
            table.begin()
            go(table, rng, depth - 1, exits)
            ends.append(table.back())
        table.any_of(ends)
    elif depth:
        table = joined([go(dict(table), rng, depth - 1, exits) for _ in range(rng.randrange(1, 4))])
    if rng.random() < 0.5:
        exits.append(table.since(1) if isinstance(table, Table) else dict(table))
    for _ in range(rng.randrange(3)):
        change(table, rng)
    return table


def test_ways_lead_where_copies_would() -> None:
    """From the same beginning the same random run: its end, with all places where it may have ended before."""
    for seed in range(300):
        table, exits, copied_exits = Table(join=frozenset.union), [], []
        for key in "ab":
            table[key] = frozenset({key})
        table.begin()
        go(table, random.Random(seed), 3, exits)
        before = table.end()
        for changes in exits:
            table.add(before | changes)
        end = go({key: frozenset({key}) for key in "ab"}, random.Random(seed), 3, copied_exits)
        assert dict(table) == joined([end, *copied_exits])


def test_going_back_leaves_no_trace() -> None:
    """What a way added is gone, what it changed or took away is there again."""
    table = Table(join=frozenset.union)
    table["kept"] = table["gone"] = frozenset({1})
    table.begin()
    table["kept"], table["new"] = frozenset({2}), frozenset({3})
    table.pop("gone")
    assert table.back() == {"kept": frozenset({2}), "new": frozenset({3}), "gone": None}
    assert dict(table) == {"kept": frozenset({1}), "gone": frozenset({1})}
