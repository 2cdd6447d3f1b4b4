"""The only package that sees the internet. From the outside in:

- `client`: what lexrelay asks of Lexware, for one practice; `errors`: what can go wrong; `answers`: what comes back
- `search` and `links`: the quirks of the search, and of its web addresses; `pasted`: what people paste
- `calls`: one REST call, and lists of several; `statuses`: what a status means; `lenient`: reading values
- `transport`: one HTTP exchange; `wire`: the socket under it, its deadline and the gate before the first byte
"""
