"""Pages that run their code while they are served: which program a block is, what is told of its run, and to whom."""
