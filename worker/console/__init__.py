"""The console: pages for the practice and for the operator, rendered here and shown by any browser.

Handlers ask `worker.operations` and `worker.practice`, as the commands do, and render: no query and no rule lives here, but
those of the console's own data (who may enter, `sessions.py`). It is a process of its own; the daemon never imports it.

The stack is Starlette, uvicorn and Jinja2. What a page asks is synchronous (psycopg, the client of Lexware), and Starlette
takes a request apart and runs such a handler in a thread, without a framework around it; uvicorn serves it; both are small,
typed, and depend on nothing that is compiled. aiohttp, which the simulated Lexware uses, would have to be given all of
that by hand.
"""
