"""The bench: what lexrelay takes, beside what people would write instead. `python -m tests.bench`."""
