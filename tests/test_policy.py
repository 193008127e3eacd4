"""The policy of a page, from its text."""

from base64 import b64encode
from hashlib import sha256
from pathlib import Path

from lessonkit.pages.policy import HEADERS, headers_file, policy, with_policy

PAGE = """<!doctype html><html><head><meta charset="utf-8"><title>T</title>
<script src="a.js"></script><script>one()</script><script id="x" type="application/json">{"a": 1}</script>
<script type="application/ld+json">{"b": "<i style=\\"color:red\\">"}</script></head>
<body><p style="color: blue &amp; green">p</p><code>style="no"</code><style>b{}</style></body></html>"""


def hashed(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


def directive(text: str, name: str) -> str:
    return next(part.strip() for part in text.split(";") if part.strip().startswith(name))


def test_scripts_are_let_in_by_their_text_and_data_is_none() -> None:
    assert directive(policy(PAGE), "script-src") == f"script-src 'self' {hashed('one()')}"


def test_styles_are_let_in_by_their_text() -> None:
    expected = f"style-src 'self' 'unsafe-hashes' {hashed('b{}')} {hashed('color: blue & green')}"
    assert directive(policy(PAGE), "style-src") == expected
    assert directive(policy("<p>plain</p>"), "style-src") == "style-src 'self'"


def test_nothing_else_is() -> None:
    found = policy(PAGE)
    assert found.startswith("default-src 'none';")
    assert "unsafe-inline" not in found
    assert "unsafe-eval" not in found
    assert "http" not in found


def test_it_stands_before_anything_that_is_loaded() -> None:
    made = with_policy(PAGE)
    assert made.index("Content-Security-Policy") < made.index("<script")
    assert made.index("<meta charset") < made.index("Content-Security-Policy")
    assert made.count("Content-Security-Policy") == 1


def test_the_headers_for_hosts() -> None:
    assert headers_file().startswith("/*\n  Content-Security-Policy: frame-ancestors 'self'\n")


def test_the_documentation_names_the_headers() -> None:
    reported = (Path(__file__).parent.parent / "PUBLISHING.md").read_text(encoding="utf-8")
    for name, value in HEADERS.items():
        assert f"| `{name}` | `{value}` |" in reported
        assert f'add_header {name} "{value}" always;' in reported
        assert f'Header always set {name} "{value}"' in reported
