"""The simulated Lexware Office API: what lexrelay is tried out against, and the judge of what really arrived there.

It enforces section 14 of `lexware-api.md` as far as the connector touches it, breaks on request, and remembers every
call. It knows nothing of practices, outboxes or the connector. From the outside inwards:

- `server`, `__main__`: how it is started; `control`: the client of everything under `/_sandbox/`
- `gateway`, `delivery`, `control_room`: the only files that see HTTP; `faults`, `throttle`, `traffic`: what goes wrong,
  how much is allowed, what arrived
- `routes`, `contact_calls`, `document_calls`: one plain function per API call; `web_app/`: what users do by hand
- `bookkeeping`: states, numbers and links, for both; `rules/`: pure: what is valid, what it costs, what a search finds
- `world`, `journal`, `records`, `switches`: who exists, what was committed, and how this Lexware behaves

The server is one event loop, so nothing here takes a lock.
"""
