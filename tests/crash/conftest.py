"""The long killing is done only when it is asked for: `pytest -m kill`, or `make test-kill`."""

from __future__ import annotations

import pytest


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if "kill" in config.option.markexpr:
        return
    long = [item for item in items if item.get_closest_marker("kill")]
    if long:
        config.hook.pytest_deselected(items=long)
        items[:] = [item for item in items if item not in long]
