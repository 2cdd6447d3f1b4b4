"""What nobody knows for certain about Lexware (lexware-api 12, readback-and-proof 8), settled in a trial account.

Everything it makes there is named "Test". `account` makes the calls and counts what is left behind; `contacts`, `documents`,
`limits`, `texts` and `credit_notes` ask, a question a function; `findings` keeps what was found; `run` asks all of it, once.

Guarantee: no more than `account.MOST_CALLS` calls, at the rate of the practice's lane; what it finds are words, figures
and statuses, never a text of the account's.
"""
