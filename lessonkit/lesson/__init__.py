"""A lesson: its parts, and reading them from a file. A new kind of cell begins here."""
