"""What an operator reads of a cause when Lexware names fewer of its objections in codes than the tables have them."""

import re
from dataclasses import replace
from typing import get_args, get_type_hints

from causes.cause import Cause, Words
from worker.lab.sandbox.rules.violations import NAMED
from worker.lab.sandbox.switches import Switches

#: The ways in which Lexware may tell what it objects to; the sandbox's default is as it was seen.
WAYS: tuple[str, ...] = get_args(get_type_hints(Switches)["refusals_named"])
DEFAULT = Switches().refusals_named
_CODE = re.compile(r"\b(NOTNULL|NOTEMPTY|NOTBLANK|NOTFOUND|INVALID|MIN|SIZE|DIGITS|PATTERN) ")
_UNKNOWN: Words = ("mit einem Grund, den lexrelay nicht kennt", "for a reason that lexrelay does not know")
_SUPPORT: Words = ("Trace-ID an den Support von Lexware geben", "give status, code and trace id to Lexware's support")


def is_told_by_a_code(cause: Cause) -> bool:
    """Whether the way in which Lexware tells it makes a difference to what is known of it."""
    return cause.reason == "refused_by_lexware" and _CODE.search(cause.says[0]) is not None


def worded(cause: Cause, way: str = DEFAULT) -> Cause:
    """The same cause, told in this way: without its code the reason stays, and what to do is as for any unknown one."""
    named, code = NAMED[way], _CODE.search(cause.says[0])
    if named is None or not is_told_by_a_code(cause) or (code and code[1] in named):
        return cause
    return replace(cause, who="operator", says=_UNKNOWN, step=_SUPPORT)
