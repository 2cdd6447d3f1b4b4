"""The specification in code: one delivery, every interleaving. Start reading with `world.py`."""
