"""The verdict on a run: every invariant but the last (I8, quiet and nothing left behind), which the run itself sees."""

from collections.abc import Iterator, Sequence

from tests.chaos import conduct, effects
from tests.chaos.evidence import Evidence, Violation
from tests.chaos.nemesis import Strike


def violations(evidence: Evidence, strikes: Sequence[Strike]) -> Iterator[Violation]:
    """I1 to I7; nothing when all of them hold."""
    yield from effects.nothing_twice(evidence)
    yield from effects.nothing_lost(evidence)
    yield from conduct.every_post_has_an_intent(evidence)
    yield from conduct.original_first(evidence)
    yield from conduct.rate(evidence)
    yield from effects.one_contact(evidence)
    yield from conduct.nobody_starved(evidence, strikes)
