"""Slots of the rate that a backlog of one new payer takes, for each call that it needs.

A new payer is looked for and made once, while all of its documents wait: whatever a claim finds out without a call must
not take a slot from the calls. What is counted is the time: a lane with a backlog makes a call in every slot, or loses it.
"""

import click
from polling import until

from tests.bench.figures import Figure, Measured, at_most
from tests.bench.progress import steps
from tests.bench.setting import PACE, setting, start_relay, told
from tests.proof.scene import sandbox

_RATE = float(PACE["LEXRELAY_RATE_PER_SECOND"])
#: To look for the contact and to make it.
_FOR_THE_CONTACT = 2
#: A slot may be late by what two cores do meanwhile.
_MOST = 1.05


@click.command()
@click.option("--documents", default=24, show_default=True, help="Of one payer whom Lexware does not know.")
def slots(*, documents: int) -> Measured:
    """How many slots of the rate a backlog of one new payer takes."""
    with setting(sandbox) as on, steps("slots", 1) as say:
        lane = on.add_lane(latency_seconds=0.2)
        lane.payer = lane.practice.customer()
        lane.pile(documents)
        say(f"{documents} documents of one new payer")
        start_relay(on, 1, 4)
        until(lambda: on.count("state = 'delivered'") == documents, seconds=60 + 4 * documents / _RATE, every=0.5)
        arrivals = [float(call["arrived"]) for call in on.control.requests(lane.tenant.id)]
        about = {"documents": documents} | told(on)
    taken = 1 + (arrivals[-1] - arrivals[0]) * _RATE
    needed = documents + _FOR_THE_CONTACT
    figures = [
        Figure("calls of a backlog of one new payer", f"{needed}", f"{len(arrivals)}", len(arrivals) == needed),
        at_most("slots per needed call", taken / needed, _MOST, "", digits=2),
    ]
    return Measured(figures, about, {"arrivals": [at - arrivals[0] for at in arrivals]})
