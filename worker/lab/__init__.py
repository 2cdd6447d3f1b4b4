"""What only the demo and the tests need: the simulated Lexware, embedded servers, the demo itself. The daemon imports none of it."""
