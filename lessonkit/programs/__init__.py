"""The smallest programs that stand alone, one for each block of code."""
