"""The remote system: its API (`api`), the pure way from document to payload (`translate`), the steps and what answers mean."""
