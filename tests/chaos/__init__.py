"""The chaos soak: the real processes under a seeded rain of faults, then an offline check of every invariant.

`python -m tests.chaos --minutes M --seed S --practices N`, from the root of the tree. Everything runs on the loopback
of one machine: an embedded PostgreSQL (durable) and Valkey, the simulated Lexware as a process with a state file, two
pollers, two Dramatiq workers. The seed decides what is drawn, not how threads and machines take it. From the outside in:

- `soak`: one run of a `plan`; `scoreboard` and `figures`: what is told of it; `archive`: what is kept
- `town`: services, sandbox and practices; `fleet`: the relay's processes and their supervisor; `proxy`: cables to cut
- `writers`: the practice software; `user`: people in Lexware's web app; `operator`: the one human lexrelay asks
- `nemesis`: draws the faults; `processes`, `database`, `messages`, `remote`, `cables`: the faults themselves
- `oracle`, `history`, `evidence`: what really happened over there, and here
- `effects` (I1, I2, I6), `conduct` (I3, I4, I5, I7), `fitting`: the invariants, for the `verdict`

Nothing here looks into the code of the rooms: what is known comes from tables, commands and the sandbox. Not tried out:
wrong wall clocks, lost commits of PostgreSQL, machines apart from each other, and the real Lexware.
"""
