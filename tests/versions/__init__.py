"""`python -m tests.versions`: the integration tests on every PostgreSQL and Redis that the registries have."""
