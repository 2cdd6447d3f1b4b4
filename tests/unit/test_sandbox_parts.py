"""The small parts of the simulated Lexware: JSON, shapes, moments, settings, rate, traffic, faults, journal."""

from array import array
from collections.abc import Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from sandbox_bodies import CONTACT, INVOICE, NOON, contact, invoice, organisation

from worker.lab.sandbox.faults import Fault, Faults
from worker.lab.sandbox.journal import Journal
from worker.lab.sandbox.records import Organisation
from worker.lab.sandbox.rules import berlin
from worker.lab.sandbox.rules.schema import CONTACT as CONTACT_SHAPE
from worker.lab.sandbox.rules.schema import DOCUMENTS
from worker.lab.sandbox.rules.shapes import Departure, Shape, departures
from worker.lab.sandbox.switches import Switches, changed
from worker.lab.sandbox.throttle import Hammering, Throttle
from worker.lab.sandbox.traffic import densest
from worker.lab.sandbox.typed import checked
from worker.lab.sandbox.wire import dumps, loads
from worker.lab.sandbox.world import World


def test_json_numbers_are_decimal_both_ways() -> None:
    """No cent is lost on the way in or out."""
    assert loads(b'{"a":0.1,"b":7}') == {"a": Decimal("0.1"), "b": 7}
    assert dumps({"a": Decimal("1234567.8901")}) == b'{"a":1234567.8901}'


@pytest.mark.parametrize("raw", [b"", b"{", b'{"a":NaN}', b"[" * 100_000, b"\xff", b"{'a':1}"], ids=range(6))
def test_what_is_not_json_is_a_value_error(raw: bytes) -> None:
    """Whatever arrives, it is one kind of error."""
    with pytest.raises(ValueError):  # noqa: PT011 - any of them
        loads(raw)


SHAPES: dict[str, tuple[Any, Shape, list[Departure]]] = {
    "contact": (CONTACT, CONTACT_SHAPE, []),
    "invoice": (INVOICE, DOCUMENTS["invoice"], []),
    "shipping on a credit note": (
        INVOICE,
        DOCUMENTS["creditnote"],
        [Departure("shippingConditions", unknown=True)],
    ),
    "unknown, deep": (
        {"lineItems": [{}, {"price": 1}]},
        DOCUMENTS["invoice"],
        [Departure("lineItems[1].price", unknown=True)],
    ),
    "text for a number": (
        {"lineItems": [{"quantity": "1"}]},
        DOCUMENTS["invoice"],
        [Departure("lineItems[0].quantity", unknown=False)],
    ),
    "flag for a number": ({"version": True}, CONTACT_SHAPE, [Departure("version", unknown=False)]),
    "fraction for a whole": ({"version": Decimal("0.5")}, CONTACT_SHAPE, [Departure("version", unknown=False)]),
    "number beyond all measure": (
        {"totalPrice": {"totalDiscountAbsolute": Decimal("1e999999")}},
        DOCUMENTS["invoice"],
        [Departure("totalPrice.totalDiscountAbsolute", unknown=False)],
    ),
    "list for an object": ({"roles": []}, CONTACT_SHAPE, [Departure("roles", unknown=False)]),
    "object for a list": ({"lineItems": {}}, DOCUMENTS["invoice"], [Departure("lineItems", unknown=False)]),
    "null in a list": ({"lineItems": [None]}, DOCUMENTS["invoice"], [Departure("lineItems[0]", unknown=False)]),
    "null is not given": ({"note": None}, CONTACT_SHAPE, []),
}


@pytest.mark.parametrize(("body", "shape", "expected"), SHAPES.values(), ids=SHAPES)
def test_departures_from_the_documented_shape(body: Any, shape: Shape, expected: list[Departure]) -> None:
    """Unknown fields and values of another type are told apart and named by their path."""
    assert list(departures(body, shape)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-02-03T00:00:00.000+01:00", "2026-02-03T00:00:00.000+01:00"),
        ("2026-02-02T23:00:00.000Z", "2026-02-03T00:00:00.000+01:00"),
        ("2026-08-21T00:00:00.000+02:00", "2026-08-21T00:00:00.000+02:00"),
    ],
)
def test_moments_come_back_with_the_berlin_offset(text: str, expected: str) -> None:
    """Winter and summer, whatever the zone they came in."""
    assert berlin.stamp(berlin.read_stamp(text)) == expected


@pytest.mark.parametrize(
    "text", ["0001-01-01T00:00:00.000+14:00", "2026-02-03T24:00:00.000Z", "\uff12026-02-03T00:00:00.000Z"]
)
def test_an_impossible_moment_is_a_value_error(text: str) -> None:
    """Also at the edge of the calendar and in foreign digits."""
    with pytest.raises(ValueError):  # noqa: PT011 - the type is the contract
        berlin.read_stamp(text)


def test_midnight_follows_the_clock_change() -> None:
    """The day after the change begins an hour earlier in UTC."""
    assert berlin.midnight(date(2026, 3, 29)) == "2026-03-29T00:00:00.000+01:00"
    assert berlin.midnight(date(2026, 3, 30)) == "2026-03-30T00:00:00.000+02:00"
    assert berlin.day_of(datetime(2026, 3, 29, 22, 0, tzinfo=UTC)) == date(2026, 3, 30)


@pytest.mark.parametrize(
    "values",
    [
        {"latency": 1},
        {"latency_seconds": "1"},
        {"latency_seconds": -1},
        {"rate_per_second": True},
        {"voucherlist_window": Decimal("0.5")},
        {"stale_version_status": 200},
        {"strict": 1},
    ],
    ids=str,
)
def test_a_switch_that_does_not_exist_or_fit_is_refused(values: dict[str, Any]) -> None:
    """A misspelt switch must not silently do nothing."""
    with pytest.raises(ValueError, match=next(iter(values))):
        changed(Switches(), values)


def test_settings_from_json_get_their_types() -> None:
    """Durations are floats, whatever number they come as; null is allowed where it means something."""
    assert checked(Fault, {"answer_after_seconds": Decimal("0.5"), "count": None, "mode": "reset"}) == {
        "answer_after_seconds": 0.5,
        "count": None,
        "mode": "reset",
    }


@pytest.mark.parametrize(
    ("rate", "capacity", "moments", "expected"),
    [
        (2, 2, [0, 0, 0, 0.4, 0.5], "yynny"),
        (2, 5, [0] * 6, "yyyyyn"),
        (1, 1, [0, 10, 10], "yyn"),
        (0, 1, [0] * 4, "yyyy"),
    ],
    ids=["refill", "burst", "never more than capacity", "unlimited"],
)
def test_the_bucket_admits_what_it_holds(rate: float, capacity: float, moments: Sequence[float], expected: str) -> None:
    """Capacity at once, then the refill; a refused call costs nothing."""
    throttle = Throttle()

    assert "".join("y" if throttle.admits("key", rate, capacity, at) else "n" for at in moments) == expected


def test_buckets_are_separate() -> None:
    """One key's calls do not count for another's."""
    throttle = Throttle()

    assert [throttle.admits(key, 1, 1, 0) for key in ("a", "a", "b")] == [True, False, True]


def test_hammering_blocks_a_key_as_long_as_it_goes_on() -> None:
    """Twenty failures block it for ten seconds, and every try begins them anew."""
    guard = Hammering()
    for _ in range(20):
        assert not guard.blocks("bad", 0)
        guard.struck("bad", 0)

    assert [guard.blocks("bad", at) for at in (9, 18, 28)] == [True, True, False]
    assert not guard.blocks("good", 9)


@pytest.mark.parametrize(
    ("moments", "expected"),
    [([], 0), ([5], 1), ([0, 0.5, 0.999, 1.0], 3), ([0, 1, 2, 3], 1), ([0, 0.9, 1.1, 1.2, 1.3, 2.5], 4)],
    ids=str,
)
def test_the_densest_second_slides(moments: list[float], expected: int) -> None:
    """Any second counts, not only the full ones; two calls a second apart are not in one."""
    assert densest(array("d", moments), 1.0) == expected


def _struck(fault: Fault, calls: int = 6) -> str:
    faults = Faults()
    faults.add(fault)
    return "".join("x" if faults.strike("POST", "/v1/invoices", "o") else "." for _ in range(calls))


@pytest.mark.parametrize(
    ("fault", "expected"),
    [
        (Fault(), "x....."),
        (Fault(skip=1, count=2), ".xx..."),
        (Fault(count=None), "xxxxxx"),
        (Fault(method="GET"), "......"),
        (Fault(path="/v1/inv*"), "x....."),
        (Fault(path="/v1/contacts*"), "......"),
        (Fault(organisation="o"), "x....."),
        (Fault(organisation="other"), "......"),
        (Fault(probability=0.0, count=None), "......"),
    ],
    ids=str,
)
def test_a_fault_strikes_the_calls_it_means(fault: Fault, expected: str) -> None:
    """Method, path, organisation, how many to let through, how many to strike."""
    assert _struck(fault) == expected


def test_chance_is_repeatable() -> None:
    """The same seed strikes the same calls."""
    first = _struck(Fault(probability=0.5, seed=7, count=None), 40)

    assert first == _struck(Fault(probability=0.5, seed=7, count=None), 40)
    assert 0 < first.count("x") < 40


def test_an_outage_goes_before_every_fault() -> None:
    """While it lasts no fault is used up."""
    faults, outage, fault = Faults(), Fault(mode="reset"), Fault(status=503)
    faults.add(fault)
    faults.outage = outage

    during = faults.strike("GET", "/v1/profile", None)
    faults.outage = None
    after = faults.strike("GET", "/v1/profile", None)

    assert (during, after) == (outage, fault)


def _written(path: Path) -> Organisation:
    world = World(path)
    owner = world.add_organisation(company_name="Praxis Beispiel")
    made = organisation()
    world.keep(owner, contact(made), invoice(made))
    world.close()
    return owner


def test_the_journal_brings_everything_back(tmp_path: Path) -> None:
    """Organisations with keys and switches, contacts and documents, and the counters behind their numbers."""
    path = tmp_path / "state"
    before = _written(path)

    after = World(path).organisations[before.id]

    assert (after.keys, after.switches) == (before.keys, before.switches)
    assert after.contacts == before.contacts
    assert [(each.number, each.total, each.created) for each in after.documents.values()] == [
        ("RE1001", Decimal(100), NOON)
    ]
    assert (after.next_number("invoice"), after.next_role_number("customer")) == ("RE1002", 10002)


def test_a_line_that_a_crash_cut_off_is_dropped(tmp_path: Path) -> None:
    """What was not answered need not be there, and the next line must not be joined to it."""
    path = tmp_path / "state"
    before = _written(path)
    path.write_bytes(path.read_bytes() + b'{"of":"' + before.id.encode())

    World(path).add_organisation(company_name="Praxis Zwei")
    names = [each.company_name for each in World(path).organisations.values()]

    assert names == ["Praxis Beispiel", "Praxis Zwei"]


def test_only_the_owner_may_read_the_journal(tmp_path: Path) -> None:
    """It holds keys."""
    path = tmp_path / "state"
    Journal(path).close()

    assert path.stat().st_mode & 0o077 == 0
