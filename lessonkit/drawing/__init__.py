"""Figures: how lessons draw them, what is recorded of them, how a page shows them."""
