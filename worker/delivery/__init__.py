"""One attempt to deliver an event, whatever the remote system: claim, intent, send or look, settle.

`deliver` is the way through; `attempt` makes the calls and keeps the licences; `doubt` looks for what was sent without an
answer; `judge` says what an error means. What is sent, and what the remote system's answers mean, it does not know.
"""
