"""The rehearsal: a host's description is tried on the host's own documents before a single one is sent.

Everything happens in one transaction that is rolled back. It reads, at most, names the worker itself reads; what it
gives back holds ids, numbers and codes.
"""
