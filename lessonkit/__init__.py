"""The engine of the site: lessons become pages (MkDocs) and tests (pytest).

The packages; each imports only from lines above its own (tests/test_layers.py). ARCHITECTURE.md tells a lesson's way.

    formulas, drawing        math and figures: how they are made, recorded and shown
    lesson                   what a lesson is, and reading one from its file
    running                  a lesson in a fresh process, and what its run gave
    checks                   what must be true of a lesson, and the recorder
    programs, pages          code that runs alone; pages in every language
    parallel                 a lesson's pages in two languages become one with both
    notebooks                the same lessons as notebooks and as plain programs
    for_mkdocs               adapters: only these know MkDocs
    pytest_all               how much pytest runs; which only this and the next two know
    pytest_workers           on how many cores, and in which order
    pytest_plugin            lessons for pytest
"""
