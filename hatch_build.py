"""Puts `sql/` into the wheel, inside the package `outbox`, which finds it there (outbox/sql.py).

Not as a package of its own: python-sql, which others in the same environment may use, is called `sql`. And not into an
editable install, which would be left with a copy that nobody reads.
"""

from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CustomBuildHook(BuildHookInterface):
    """Called by hatchling before it builds the wheel."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Add the folder, unless it is a wheel for an editable install."""
        if version == "standard":
            build_data["force_include"]["sql"] = "outbox/_sql"
