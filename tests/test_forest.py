"""Programs that share a beginning run it once."""

import pytest

from lessonkit.running.forest import Ran, grow, run


def test_programs_part_where_they_differ():
    root = grow(["x = 1\nprint(x)", "x = 1\ny = 2", "z = 3"])
    assert list(root.following) == ["x = 1", "z = 3"]
    assert list(root.following["x = 1"].following) == ["print(x)", "y = 2"]
    assert sorted(root.programs()) == [0, 1, 2]


@pytest.mark.parametrize("fork", [True, False])
def test_each_program_gets_its_own_output_and_its_own_world(fork):
    programs = [
        "items = []\nprint('start')\nitems.append(1)\nprint(items)",
        "items = []\nprint('start')\nitems.append(2)\nprint(items)",
        "items = []\nprint('start')",
        "print('items' in globals())",
        "items = []\nprint('start')\n\nassert items, 'empty'\nprint('never')",
    ]
    results = run(programs, fork=fork)
    assert results == [
        Ran("start\n[1]\n"),
        Ran("start\n[2]\n"),
        Ran("start\n"),
        Ran("False\n"),
        Ran("start\n", "AssertionError: empty", "assert items, 'empty'"),
    ]


@pytest.mark.rest
def test_random_numbers_after_the_parting_are_those_of_a_program_alone():
    shared = "import torch\n_ = torch.manual_seed(1)\n"
    programs = [shared + "print(torch.rand(2))", shared + "a = torch.rand(2)\nprint(torch.rand(2))"]
    assert run(programs) == run(programs, fork=False)


def test_a_program_that_dies_says_so_and_the_others_go_on():
    results = run(["x = 1\nimport os\nos._exit(3)", "x = 1\nprint(x)"])
    assert results[0].error == "the process died"
    assert results[1] == Ran("1\n")
