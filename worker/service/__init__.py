"""Running as a service: both halves kept alive, their pulse, and what the outside may measure."""
