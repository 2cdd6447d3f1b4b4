"""Hosts of the tests: small schemas with their folders, and a database as the first release left it."""
