"""Running as a service: poller and workers kept alive, their liveness, and what the outside may measure."""
