"""The engine of the site: lessons become pages (MkDocs) and tests (pytest).

The layers; a module imports only from lines above its own (tests/test_layers.py). ARCHITECTURE.md tells a lesson's way.

    words, cells, prose, exercises, compare            texts of the interface, a lesson, what Markdown and solutions say
    guard, flow_effects, snippet_text, pieces          what code may do and does, listed and told by pieces
    mathfont, figure_svg, figure_difference            a font, a figure on a page, two figures that differ
    math, figure_data, figure_file, captions           formulas, what a figure draws, its picture, its words
    provenance, source, portable, flow_state           records, a text as Python reads it, Markdown for notebooks
    figures, head, comments, prose_rules, structure    the parts of a lesson, each with its rules
    pairs, outcome, addresses, flow_expressions        both languages, what a run gave, where links lead
    code_cells, numbers, execute, run, flow_library    code cells, numbers of prose, a run
    parse, flow_calls                                  from text to a lesson
    dataflow                                           which statements need which
    check, worker, snippet                             problems of a lesson, its process, code that runs alone
    record, render, forest, runnable                   the recorder, the pages
    site, notebook                                     all pages together, a lesson as a notebook
    notebook_page, program                             pages of notebooks, what a notebook runs
    mkdocs_notebooks                                   adapters: only mkdocs_* know MkDocs, only pytest_* know pytest
    mkdocs_plugin, pytest_plugin                       the plugins
"""
