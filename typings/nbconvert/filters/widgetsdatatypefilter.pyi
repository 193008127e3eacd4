from typing import Any

class WidgetsDataTypeFilter:
    def __init__(self, *, notebook_metadata: dict[str, Any], parent: object, resources: dict[str, Any]) -> None: ...
