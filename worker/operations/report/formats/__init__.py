"""A stored report as people and programs read it: the same bytes on every machine, since all comes from what is stored."""
