"""The same lessons as notebooks and as plain programs."""
