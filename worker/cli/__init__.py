"""The command `lexrelay`. The commands ask `practice` and `operations` and render: no query and no rule lives here.

Exit codes: 0 done, 1 the answer is bad news or the action failed, 2 usage, 78 configuration.
"""

from importlib import import_module

import click
import psycopg

from outbox.errors import MigrationError, SchemaMismatch
from worker.cli.output import Failure, complain
from worker.config import ConfigurationError

#: Each command stands in the module of its name beside this one, some go on in others. They are imported when they are
#: asked for: poller and run carry nothing of the others.
_COMMANDS = (
    "backfill", "check", "contact", "dead", "demo", "discard", "history", "host", "migrate", "poller", "practice", "preview",
    "replay", "run", "sandbox", "secrets", "show", "status",
)  # fmt: skip
_CONTINUED = {
    "contact": ("contact_link",),
    "host": ("host_check",),
    "practice": ("practice_booking", "practice_connect", "practice_switches"),
}
_AWAY = "PostgreSQL does not answer. Is it running, and is DATABASE_URL right?"


class Lexrelay(click.Group):
    """The group of all commands; turns what may go wrong anywhere into a sentence and an exit code."""

    def list_commands(self, _ctx: click.Context) -> list[str]:
        """All of them, imported or not."""
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of this name, imported now if it was not before."""
        if cmd_name in _COMMANDS:
            for module in (cmd_name, *_CONTINUED.get(cmd_name, ())):
                import_module(f"worker.cli.{module}")
        return super().get_command(ctx, cmd_name)

    def invoke(self, ctx: click.Context) -> object:
        """Run the chosen command."""
        try:
            return super().invoke(ctx)
        except (ConfigurationError, SchemaMismatch) as error:
            complain(str(error))
            ctx.exit(78)
        except (Failure, MigrationError) as error:
            complain(str(error))
            ctx.exit(1)
        except psycopg.errors.InsufficientPrivilege as error:
            complain(f"The database refuses: {error.diag.message_primary}. This command needs an owner's login.")
            ctx.exit(1)
        except psycopg.OperationalError:
            complain(_AWAY)
            ctx.exit(1)


@click.group(cls=Lexrelay, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(package_name="lexrelay", message="%(version)s")
def main() -> None:
    """Bring a health practice's completed invoices to Lexware Office: nothing lost, nothing twice, nothing leaked."""
