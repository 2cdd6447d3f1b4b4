"""`python -m tests.mutants [NAME…] [--all] [--jobs N]`: remove each guard once and see the tests go red.

First a control: the same tests on an untouched copy must be green, or red would mean nothing. Then a table: mutant,
seconds, applied, caught by which tests. Ends with 0 only if every mutant was caught. About three minutes on two idle
cores, eight on busy ones; with `--all` the whole suite for each, hours.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ET
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from .patches import ROOT, DoesNotApply, Mutant, copy_tree, mutants

sys.path.insert(0, str(ROOT / "tests"))
import polling
import services

#: A mutant may hang: then its test is red by time-out. Proofs are not left out.
_OPTIONS = ("-q", "-m", "", "-p", "no:cacheprovider", "--timeout=300", "--maxfail=5", "--numprocesses=0", "--dist=no")
_GREEN, _RED = 0, 1


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of one mutant, or of the control."""

    name: str
    guard: str
    applied: bool
    ended: int | None = None
    failures: tuple[str, ...] = ()
    said: str = ""
    seconds: float = 0.0

    @property
    def caught(self) -> bool:
        """A test failed: not a module that could not be imported, not a fixture that could not be made."""
        return self.ended == _RED and bool(self.failures)

    def __str__(self) -> str:
        if not self.applied:
            return "DOES NOT APPLY"
        return ", ".join(self.failures) if self.caught else "green" if self.ended == _GREEN else "COULD NOT RUN"


def main() -> int:
    """Run, print the table, tell by the exit code."""
    arguments = _arguments()
    chosen = mutants(arguments.names)
    suite = ("tests",) if arguments.all else ()
    began = time.monotonic()
    with ExitStack() as stack:
        given = {
            services.DATABASE_VARIABLE: stack.enter_context(services.postgres()),
            services.REDIS_VARIABLE: stack.enter_context(services.valkey()),
            polling.PATIENCE_VARIABLE: "20",  # a mutant lets many tests wait in vain
        }
        control = _judge(None, suite or _all_tests(chosen), given)
        if control.ended != _GREEN:
            print(f"Not green without any mutant: {control}\n{control.said}")
            return 1
        with ThreadPoolExecutor(arguments.jobs) as pool:
            verdicts = list(pool.map(lambda mutant: _judge(mutant, suite or mutant.tests, given), chosen))
    _print([control, *verdicts])
    caught = sum(verdict.caught for verdict in verdicts)
    print(f"{caught} of {len(verdicts)} mutants caught in {time.monotonic() - began:.0f} s")
    return 0 if caught == len(verdicts) else 1


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.mutants", description=__doc__)
    parser.add_argument("names", nargs="*", help="mutants to run; without any, all of them")
    parser.add_argument("--all", action="store_true", help="the whole suite for each, instead of the tests it names")
    parser.add_argument("--jobs", type=int, default=2, help="how many at once")
    return parser.parse_args()


def _all_tests(chosen: Sequence[Mutant]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(test for mutant in chosen for test in mutant.tests))


def _judge(mutant: Mutant | None, tests: Sequence[str], given: Mapping[str, str]) -> Verdict:
    """Run tests on a copy of the tree, with the guard taken out if a mutant is given."""
    began = time.monotonic()
    name, guard = (mutant.name, mutant.guard) if mutant else ("(none)", "the control: nothing removed")
    with tempfile.TemporaryDirectory(prefix="lexrelay-without-") as folder:
        tree = copy_tree(Path(folder))
        try:
            if mutant:
                mutant.apply(tree)
        except DoesNotApply as error:
            return Verdict(name, guard, applied=False, said=str(error))
        ended, failures, said = _run(tree, tests, given)
    verdict = Verdict(name, guard, True, ended, failures, said, time.monotonic() - began)
    print(f"{name}: {verdict} ({verdict.seconds:.0f} s)", file=sys.stderr, flush=True)
    return verdict


def _run(tree: Path, tests: Sequence[str], given: Mapping[str, str]) -> tuple[int, tuple[str, ...], str]:
    """How pytest ended, the tests that failed, and the end of what it said."""
    report = tree / "report.xml"
    command = (sys.executable, "-m", "pytest", *_OPTIONS, f"--junit-xml={report}", *tests)
    environment = os.environ | given | {"PYTHONPATH": str(tree), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(command, cwd=tree, env=environment, capture_output=True, text=True, check=False)
    cases = list(ET.parse(report).iter("testcase")) if report.exists() else []
    failures = tuple(case.attrib["name"] for case in cases if case.find("failure") is not None)
    return done.returncode, failures, (done.stdout + done.stderr)[-3000:]


def _print(verdicts: Sequence[Verdict]) -> None:
    width = max(len(verdict.name) for verdict in verdicts)
    for verdict in verdicts:
        applied = "applied" if verdict.applied else "-"
        print(f"{verdict.name:<{width}}  {verdict.seconds:5.1f} s  {applied:<7}  {verdict}")
        print(f"{'':<{width}}  {verdict.guard}")
    for verdict in verdicts[1:]:
        if not verdict.caught:
            print(f"\n{verdict.name}: {verdict}\n{verdict.said}")


if __name__ == "__main__":
    sys.exit(main())
