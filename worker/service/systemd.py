"""What systemd wants to know of a service with `Type=notify`: one datagram to the socket it names (sd_notify(3))."""

import os
import socket


def notify(*assignments: str) -> bool:
    """Tell systemd, e.g. `READY=1`. False: nobody wants to know, or it could not be told; never raises."""
    address = os.environ.get("NOTIFY_SOCKET", "")
    if not address:
        return False
    if address.startswith("@"):  # an abstract name
        address = "\0" + address[1:]
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as told:
            told.sendto("\n".join(assignments).encode(), address)
    except OSError:
        return False
    return True
