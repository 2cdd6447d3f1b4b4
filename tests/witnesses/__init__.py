"""Clients of others, driven against the simulated Lexware: what they say of it, and who is right."""
