"""How documents a second and the CPU of a document change with practices, settled events and worker processes.

Each point is a window of lexrelay alone. The model has two figures, each of one point: what a lane can do (one in flight),
from the fewest practices, and what the machine can do, from the most; it is told beside all the other points.
"""

from dataclasses import asdict, dataclass

import click

from tests.bench.contestants import Lexrelay
from tests.bench.figures import Figure, Measured, Table
from tests.bench.masses import fill_lanes
from tests.bench.plot import Line, plot
from tests.bench.progress import Say, steps
from tests.bench.setting import FREE, add_lanes, lean, setting, told
from tests.bench.throughput import ROLES, Sample, run_in, sample
from tests.proof.scene import Scene

#: Threads of all processes together, and the processes where these are not what is varied.
_THREADS, _PROCESSES = 256, 2


@dataclass(frozen=True)
class Point:
    """What is measured at one place."""

    practices: int
    settled: int
    processes: int


@click.command()
@click.option("--practices", default="10,100,1000,5000", show_default=True)
@click.option("--settled", default="0,1000000", show_default=True, help="Settled events beside them.")
@click.option("--processes", default="1,2,4", show_default=True, help="Worker processes, with 500 practices.")
@click.option("--seconds", default=8.0, show_default=True, help="The window of a point.")
@click.option("--warm-seconds", default=5.0, show_default=True, help="Before it.")
@click.option("--svg", type=click.Path(dir_okay=False), help="Draw the plot into this file.")
def growth(
    *, practices: str, settled: str, processes: str, seconds: float, warm_seconds: float, svg: str | None
) -> Measured:
    """Documents a second at 10 to 5,000 practices, with settled events, and with 1, 2 and 4 processes."""
    sizes, olds, counts = (_numbers(one) for one in (practices, settled, processes))
    wanted = [Point(size, old, _PROCESSES) for old in olds for size in sizes] + [
        Point(500, 0, count) for count in counts
    ]
    found: dict[Point, Sample] = {}
    with steps("growth", len(wanted)) as say:
        for point in wanted:
            found[point], about = _measure(point, warm_seconds, seconds, say)
    if svg is not None:
        plot(svg, "Documents a second", "practices", [_line(old, found) for old in olds])
    rows = [_row(point, one) for point, one in found.items()]
    columns = ("practices", "settled", "processes", "documents/s", *(f"{role} ms" for role in ROLES), "others")
    raw = {"points": [asdict(point) | asdict(one) for point, one in found.items()]}
    return Measured(_figures(found), about, raw, [Table("Growth", columns, rows)])


def _numbers(listed: str) -> list[int]:
    return [int(one) for one in listed.split(",")]


def _measure(point: Point, warm_seconds: float, seconds: float, say: Say) -> tuple[Sample, dict[str, object]]:
    say(f"{point.practices:,} practices, {point.settled:,} settled, {point.processes} processes")
    with setting(lean(0.2), **FREE) as on:
        lexrelay = Lexrelay(add_lanes(on, point.practices), point.processes, _THREADS // point.processes, most=1400)
        _age(on, point)
        run_in(on, lexrelay)
        return sample(on, lexrelay, warm_seconds, seconds, lambda _what: None), told(on)


def _age(on: Scene, point: Point) -> None:
    if point.settled:
        fill_lanes(on.db, [lane.practice_id for lane in on.lanes], point.settled)


def _row(point: Point, one: Sample) -> list[str]:
    cpu = [f"{one.cpu_ms(role):.2f}" for role in ROLES]
    others = f"{one.cpu_seconds['others'] / one.seconds:.2f}"
    return [f"{point.practices:,}", f"{point.settled:,}", str(point.processes), f"{one.rate:.0f}", *cpu, others]


def _line(settled: int, found: dict[Point, Sample]) -> Line:
    points = [
        (point.practices, one.rate)
        for point, one in found.items()
        if point.settled == settled and point.processes == _PROCESSES
    ]
    return Line(f"{settled:,} settled events", sorted(points))


def _figures(found: dict[Point, Sample]) -> list[Figure]:
    """The model beside what was measured, and what one core of PostgreSQL, which all machines share, would carry."""
    grown = {point: one for point, one in found.items() if point.processes == _PROCESSES}
    few, many = min(grown, key=_size), max(grown, key=_size)
    of_a_lane, of_all = grown[few].rate / few.practices, grown[many].rate
    figures = []
    for point, one in grown.items():
        model = min(point.practices * of_a_lane, of_all)
        made_of = " (made of it)" if point in (few, many) else ""
        name = f"{point.practices:,} practices, {point.settled:,} settled"
        figures.append(Figure(name, "", f"{one.rate:.0f} a second, model {model:.0f}{made_of}"))
    carried = 1000 / grown[many].cpu_ms("postgres")
    return [*figures, Figure("one core of PostgreSQL carries", "", f"{carried:.0f} documents a second")]


def _size(point: Point) -> tuple[int, int]:
    return point.practices, -point.settled
