"""What Lexware accepts, computes and finds, as pure functions: no HTTP, no clock, no memory."""
