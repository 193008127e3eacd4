from collections.abc import Callable

nb2md: Callable[[str], str]
