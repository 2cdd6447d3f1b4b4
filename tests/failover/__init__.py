"""A real failover of PostgreSQL and of Redis, each while documents are delivered."""
