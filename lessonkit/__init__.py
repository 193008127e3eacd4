"""The engine of the site: lessons become pages (MkDocs) and tests (pytest).

The layers, each importing only from those before it (a test guards it; ARCHITECTURE.md tells the way of a lesson through them):

    words, cells, math, figures, provenance      what there is: texts of the interface, a lesson, formulas, figures, records
    prose, parse, exercises, worker              from text to a lesson, from a lesson to events
    run, compare, pairs, numbers                 what a lesson prints, and what must agree
    check, record, render                        problems of a lesson, the recorder, its pages
    mkdocs_plugin, pytest_plugin                 thin adapters, the only modules that know MkDocs and pytest
"""
