"""The engine of the site: lessons become pages (MkDocs) and tests (pytest).

The packages; each imports only from lines above its own (tests/test_layers.py). ARCHITECTURE.md tells a lesson's way.

    words                    what the interface says in each language, as data
    formulas, drawing        math and figures: how they are made, recorded and shown
    lesson                   what a lesson is, and reading one from its file
    running                  a lesson in a fresh process, and what its run gave
    checks                   what must be true of a lesson, and the recorder
    programs, pages          code that runs alone; pages in every language
    parallel                 a lesson's pages in two languages become one with both
    notebooks                the same lessons as notebooks and as plain programs
    assets                   theme, styles, scripts: data of the package
    html                     what happens to the HTML of a page, in its order
    authoring                a teacher's verbs: the whole check, a new lesson, one brought from elsewhere
    adapters                 thin: MkDocs's plugin and pytest's; only these know them
"""
