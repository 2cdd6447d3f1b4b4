"""The chaos soak: the real processes under a seeded rain of faults, then an offline check of every invariant.

`python -m tests.chaos --minutes M --seed S --practices N`, from the root of the tree. Everything runs on the loopback
of one machine: an embedded PostgreSQL (durable) and Valkey, the simulated Lexware as a process with a state file, two
pollers, two Dramatiq workers. From the outside in:

- `soak`: one run, from founding the town to the verdict; `scoreboard`: what is told of it
- `town`: services, sandbox and practices; `fleet`: the relay's processes and their supervisor; `proxy`: cut cables
- `writers`: the practice software; `user`: people in Lexware's web app; `operator`: the one human lexrelay asks
- `nemesis`: draws the faults; `processes`, `stores`, `remote`, `cables`: the faults themselves
- `oracle`, `history`: what really happened over there, and here; `checker`, `fitting`, `proofs`: the invariants

Nothing here looks at the code of the rooms: what is known comes from outside contracts, tables, and the sandbox.
"""
