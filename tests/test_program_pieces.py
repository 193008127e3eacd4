"""Programs told by pieces of the page's blocks."""

from copied import join

from lessonkit.programs.program_pieces import split

BLOCKS = [
    "import torch\nimport torch.nn.functional as F",
    "x = torch.ones(2)\n\n\ndef f(x):\n    return x",
    "print(f(x))",
]


def test_a_program_is_reported_by_the_blocks_and_comes_back_whole():
    program = "import torch\n\nx = torch.ones(2)\n\n\ndef f(x):\n    return x\n\n\nprint(f(x))"
    pieces = split(program, BLOCKS)
    assert join(pieces, BLOCKS) == program
    assert pieces == [[0, 0, 0], "", [1, 0, 4], "", "", [2, 0, 0]]


def test_what_no_block_has_is_reported_in_full():
    assert split("import os\nprint(f(x))", BLOCKS) == ["import os", [2, 0, 0]]


def test_the_longest_run_wins_and_then_the_earliest():
    assert split("a\nb\nc", ["a", "a\nb\nc", "a\nb\nc"]) == [[1, 0, 2]]


def test_another_order_of_blocks_tells_another_program():
    program = "print(f(x))"
    assert join(split(program, BLOCKS), BLOCKS[::-1]) != program
