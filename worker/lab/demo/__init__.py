"""`lexrelay demo`: the whole relay on one machine, with nothing installed and nobody's data.

PostgreSQL, Redis and the simulated Lexware are made for it and removed again; poller, workers, commands and every row
and call between them are the real ones.
"""
