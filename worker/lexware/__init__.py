"""Room 6, the window: the only room that sees the internet.

`client.Lexware` is one practice's view of Lexware, `errors` is what can go wrong, `answers` is what comes back.
"""
