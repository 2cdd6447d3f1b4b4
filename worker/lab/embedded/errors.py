"""The one error of the embedded services; it imports nothing."""


class EmbeddedError(Exception):
    """An embedded server cannot run here. The message says why; set up a server of your own, or repair this machine."""
