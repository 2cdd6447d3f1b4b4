"""The command `lexrelay`. The commands ask `practice` and `operations` and render: no query and no rule lives here.

Exit codes: 0 done, 1 the answer is bad news or the action failed, 2 usage, 78 configuration.
"""

from importlib import import_module
from typing import Any

import click

from worker.cli.failures import is_about_output, told
from worker.cli.help_page import Spoken, SpokenGroup, mended, speak
from worker.cli.output import complain
from worker.cli.stream import drop_stdout, guarded_stdout

#: Each command stands in the module of its name beside this one, some go on in others. They are imported when they are
#: asked for: poller and run carry nothing of the others.
_COMMANDS = (
    "backfill", "check", "console", "contact", "dead", "demo", "discard", "drafts", "history", "host", "migrate", "poller",
    "practice", "preview", "probe", "replay", "report", "run", "sandbox", "secrets", "show", "status", "try",
)  # fmt: skip
#: `try` is a word of Python.
_OTHERWISE = {"try": "trial"}
_CONTINUED = {
    "contact": ("contact_link", "contact_forget"),
    "host": ("host_check",),
    "practice": ("practice_booking", "practice_connect", "practice_notes", "practice_switches"),
}


class Lexrelay(SpokenGroup):
    """The group of all commands; turns what may go wrong anywhere into a sentence and an exit code."""

    def main(self, *args: Any, **options: Any) -> Any:
        """Run a command line. Whoever reads stdout may leave at any time (exit code 0); a full disk is said (1)."""
        try:
            with guarded_stdout():
                return super().main(*args, **{"prog_name": "lexrelay", **options})
        except BrokenPipeError:
            drop_stdout()
            raise SystemExit(0) from None
        except OSError as error:
            drop_stdout()
            complain(told(error)[0])
            raise SystemExit(1) from None

    command_class = Spoken
    group_class = SpokenGroup

    def list_commands(self, _ctx: click.Context) -> list[str]:
        """All of them, imported or not."""
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of this name, imported now if it was not before."""
        if cmd_name in _COMMANDS:
            for module in (_OTHERWISE.get(cmd_name, cmd_name), *_CONTINUED.get(cmd_name, ())):
                import_module(f"worker.cli.{module}")
        return super().get_command(ctx, cmd_name)

    def invoke(self, ctx: click.Context) -> object:
        """Run the chosen command."""
        try:
            return super().invoke(ctx)
        except click.UsageError as error:
            raise mended(error) from None
        except (click.exceptions.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except Exception as error:
            if is_about_output(error):
                raise
            sentence, code = told(error)
            complain(sentence)
            ctx.exit(code)


speak()


@click.group(cls=Lexrelay, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(package_name="lexrelay", message="%(version)s")
def main() -> None:
    """Bring a health practice's completed invoices to Lexware Office: nothing lost, nothing twice, nothing leaked."""
