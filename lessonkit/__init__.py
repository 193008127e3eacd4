"""The engine of the site: lessons become pages (MkDocs) and tests (pytest).

The layers; a module imports only from lines above its own (tests/test_layers.py). ARCHITECTURE.md tells a lesson's way.

    words, cells, prose, exercises, compare            texts of the interface, a lesson, what Markdown and solutions say
    guard, effects, listing, pieces                    what code may do and does, listed and told by pieces
    mathfont, figure_svg, figure_difference            a font, a figure on a page, two figures that differ
    math, figure_data, figure_file, captions           formulas, what a figure draws, its picture, its words
    provenance, source, portable, things               records, a text as Python reads it, Markdown for notebooks
    figures, head, comments, prose_rules, structure    the parts of a lesson, each with its rules
    pairs, outcome, addresses, expressions             both languages, what a run gave, where links lead
    code_cells, numbers, execute, run, calls           code cells, numbers of prose, a run
    parse, dataflow                                    from text to a lesson, from statement to statement
    check, worker, snippet                             problems of a lesson, its process, code that runs alone
    record, render, forest, runnable                   the recorder, the pages
    site, notebook                                     all pages together, a lesson as a notebook
    notebook_page, program                             pages of notebooks, what a notebook runs
    mkdocs_notebooks                                   adapters: only mkdocs_* know MkDocs, only pytest_* know pytest
    mkdocs_plugin, pytest_plugin                       the plugins
"""
