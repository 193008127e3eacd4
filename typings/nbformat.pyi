from typing import Any

class NotebookNode(dict[str, Any]):
    cells: list[NotebookNode]
    metadata: dict[str, Any]
    cell_type: str
    source: str

def reads(s: str, as_version: int) -> NotebookNode: ...
