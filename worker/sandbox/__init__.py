"""The simulated Lexware Office API: what lexrelay is tried out against, and the judge of what really arrived there.

It enforces section 14 of `lexware-api.md` as far as the connector touches it, breaks on request, and remembers every
call. It knows nothing of practices, outboxes or the connector. From the wire inwards:

- `server` and `__main__`: how it is started; `control`: the client of everything under `/_sandbox/`
- `gateway` (API calls) and `control_room` (`/_sandbox/`): the only files that see HTTP
- `endpoints`: one plain function per API call; `web_app`: what a user does by hand in Lexware
- `rules/`: pure: what is valid, what it costs, what a search finds
- `world`, `records`, `journal`: who exists and what was committed; `faults`, `traffic`, `throttle`: what goes wrong,
  what arrived, how much is allowed

The server is one event loop, so nothing here takes a lock.
"""
