"""Figures that take too long for every test run, each by one command: `python -m tests.proof NAME`."""
