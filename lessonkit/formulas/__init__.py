"""Formulas: LaTeX to MathML, and the font they are set in."""
