"""Cells of notebooks, as they stand in the file."""

from __future__ import annotations

from typing import Any


def code(source: str, *tags: str) -> dict[str, Any]:
    """A cell with this source and these tags, before it is run."""
    return {
        "cell_type": "code", "id": f"cell-{abs(hash(source))}", "source": source.strip(),
        "metadata": {"tags": [*tags]}, "outputs": [], "execution_count": None,
    }  # fmt: skip
