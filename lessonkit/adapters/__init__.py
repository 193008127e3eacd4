"""MkDocs shows lessons: thin adapters, one plugin a module (`lessons`, `notebooks`, `parallel`, `glossary`, ...)."""
