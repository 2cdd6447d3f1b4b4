"""A real Tryton: installed from PyPI, prepared once, driven by its own code."""
