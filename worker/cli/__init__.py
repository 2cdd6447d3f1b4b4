"""The command `lexrelay`. The commands stand at the ledger and look in: no SQL and no rule lives here.

Exit codes: 0 done, 1 the answer is bad news or the action failed, 2 usage, 78 configuration.
"""

import click
import psycopg

from outbox.errors import MigrationError, SchemaMismatch
from worker.cli.manners import Failure, complain
from worker.config import ConfigurationError

_AWAY = "PostgreSQL does not answer. Is it running, and is DATABASE_URL right?"


class Lexrelay(click.Group):
    """The group of all commands; turns what may go wrong anywhere into a sentence and an exit code."""

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


from worker.cli import (  # noqa: E402 (the commands register themselves with `main`)
    backfilling,  # noqa: F401
    checking,  # noqa: F401
    contact,  # noqa: F401
    letters,  # noqa: F401
    practice,  # noqa: F401
    practice_booking,  # noqa: F401
    previewing,  # noqa: F401
    replaying,  # noqa: F401
    secrets,  # noqa: F401
    serving,  # noqa: F401
    trying,  # noqa: F401
    watching,  # noqa: F401
)
