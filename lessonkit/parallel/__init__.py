"""Two pages in two languages become one with both side by side."""
