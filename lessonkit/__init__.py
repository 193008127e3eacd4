"""The engine of the site: lessons become pages (MkDocs) and tests (pytest).

The packages; each imports only from lines above its own (tests/test_layers.py). ARCHITECTURE.md tells a lesson's way.

    formulas, drawing        math and figures: how they are made, recorded and shown
    lesson                   what a lesson is, and reading one from its file
    running                  a lesson in a fresh process, and what its run gave
    checks                   what must be true of a lesson, and the recorder
    programs, pages          code that runs alone; pages in every language
    parallel                 a lesson's pages in two languages become one with both
    notebooks                the same lessons as notebooks and as plain programs
    mkdocs_beside, mkdocs_cache, mkdocs_options  adapters: only mkdocs_* know MkDocs, only pytest_* know pytest
    mkdocs_nbconvert         mkdocs-jupyter, quicker
    mkdocs_source            where MkDocs shows that a page can be mended
    mkdocs_notebooks         notebooks for MkDocs
    mkdocs_parallel          both languages side by side for MkDocs
    mkdocs_glossary          the words of the course for MkDocs
    mkdocs_publish           what pages say of themselves, and what they allow
    mkdocs_search            the search for MkDocs
    mkdocs_offline           the offline edition
    mkdocs_plugin            lessons for MkDocs, in every language
    pytest_plugin            lessons for pytest
"""
