"""What is wrong with a host folder or its tables, as one sentence that names the file and the remedy."""

from worker.messages import Declined


class HostError(Declined):
    """The description of the practice software cannot be used. Nothing has changed."""
