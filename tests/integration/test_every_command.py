"""Every command in both languages at 80 columns: no line is longer, no id is broken, no word is untranslated, no `1 events`.

One database for all: a practice with documents in every state, another that is paused, and what operators did.
"""

import getpass
import importlib
import pkgutil
import re
from collections.abc import Iterator
from dataclasses import dataclass

import click
import practice
import psycopg
import pytest
import services
from chosen import a_few_of
from click.testing import CliRunner
from ledger_rows import deliver, event_of
from letters import attempt, intent, kill, look
from practice import Practice
from stage import Stage, stage
from written import odd

import worker.messages
from worker.cli import main
from worker.messages import Text
from worker.messages.help import EXAMPLES, GERMAN

WIDTH = 80
LANGUAGES = ("de", "en")
#: Only their help is looked at: they serve until they are ended, ask nobody's database, or would undo what others need.
SERVING = {"console", "demo", "poller", "run", "sandbox", "try"}
#: Words that are the same in both languages although only English texts happen to hold them: names, codes, commands.
ALLOWED = frozenset({
    "json", "csv", "lexrelay", "lexware", "office", "practice", "postgresql", "redis", "dramatiq", "poller", "migrate", "replay",
    "show", "status", "history", "discard", "backfill", "sandbox", "secrets", "host", "preview", "check", "contact", "enable",
    "connect", "invoice", "payments", "profile", "book", "run", "dead", "list", "groups", "console", "report", "drafts", "try", "payer", "document", "link", "new",
    "still", "name", "text", "default", "version", "email", "iban", "eur", "confirm", "sign", "verify",
})  # fmt: skip
_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_PART_OF_UUID = re.compile(r"\b[0-9a-f]{8}-[0-9a-f]{0,4}|[0-9a-f]{4}-[0-9a-f]{12}\b")
_ONE_MANY = re.compile(
    r"\b1 (?:events|documents|practices|letters|messages|sessions|contacts|customers|keys|hours|days|calls|pollers|tries|lines|"
    r"API keys|stored API keys|Ereignisse|Belege|Praxen|Nachrichten|Sitzungen|Kontakte|Tagen?|Stunden|Versuche|Zeilen|Anfragen)\b"
)
#: What nobody could copy in two pieces: as long as a line of 80 columns can still hold it.
_MAIL = "rechnungen@praxis-am-anderen-ende-der-stadt.ein-langer-name.example"
_NUMBER = "RE-2026-PRAXIS-LINDENWEG-000000000042"
_WHOLE = (_MAIL, _NUMBER)
#: A web address in two pieces could be neither clicked nor copied, so it keeps a line of its own, however long.
_ADDRESS = re.compile(r"https?://\S+")
_WORD = re.compile(r"[A-Za-zÄÖÜäöüß]{3,}")
#: What a person types, an address, a code or a quoted value is in no language.
_NO_LANGUAGE = re.compile(
    r"`[^`]*`|https?://\S+|--?[a-z][\w-]*|\[[^\]]*\]|[\w-]+(?:[_./@][\w-]+)+|'[^']*'|^ *lexrelay .*$|\b[A-Z_]{4,}\b",
    re.MULTILINE,
)


@dataclass(frozen=True)
class Scene:
    """What the commands are run on."""

    house: Practice
    delivered: str
    dead: int
    discarded: int
    customer: int
    organisation: str
    environment: dict[str, str]

    def table(self) -> list[tuple[str, list[object]]]:
        """Every command with arguments that make it say something; readers first."""
        here, dead = ["--practice", self.house.practice_id], self.dead
        return [
            ("status", []), ("check", []), ("check", ["--alarms"]), ("history", []), ("history", [*here, "--limit", 3]),
            ("practice list", []), ("practice alarm", here), ("practice alarm", [*here, "--mail", _MAIL]), ("drafts", []), ("drafts", here),
            ("report", [*here, "--month", "2026-11"]), ("show", [_NUMBER, *here]), ("preview", [_NUMBER, *here]), ("practice confirm-note", here), ("practice show", here), ("practice charges", ["--month", "2026-11"]),
            ("contact list", here), ("contact forget", [*here, "--customer", self.customer + 1]), ("contact suggest", here), ("dead list", []), ("dead groups", []), ("dead show", [dead]),
            ("dead show", [self.discarded]), ("dead show", [dead, "--reveal"]), ("show", [self.delivered, *here]),
            ("show", [dead]), ("show", ["RE-NONE", *here]), ("preview", [self.delivered, *here]), ("host show", []),
            ("host check", []), ("backfill", [*here, "--from", "2026-01-01", "--to", "2026-12-31", "--dry-run"]),
            ("replay", ["--all", "--dry-run"]), ("migrate", ["--reference-practice"]), ("host new", ["sql"]),
            ("practice enable", [*here, "--avv-date", "2026-01-01"]), ("practice book", here), ("practice unbook", here),
            ("practice unbook", [*here, "--undo"]), ("practice pause", here), ("practice resume", here), ("practice disable", here),
            ("practice connect", here), ("contact link", [*here, "--customer", self.customer, "31875f43-3ffa-4a31-9149-faaf510f297c"]),
            ("contact unlink", [*here, "--customer", self.customer]), ("discard", [dead, "--why", "x"]), ("replay", ["--all"]),
            ("drafts accept", [self.delivered, *here]), ("drafts send-again", [self.delivered, *here]), ("probe", here),
            ("probe", [*here, "--trial"]), ("probe", [*here, "--trial", "--consent", "31875f43-3ffa-4a31-9149-faaf510f297c"]),
            ("probe", [*here, "--weekly", "on"]), ("check", []),
            ("report sign", [*here, "--month", "2026-11"]), ("report verify", here),
            ("secrets new", []), ("secrets rotate", []), ("console link", ["--role", "operator"]),
            ("probe", [*here, "--trial", "--consent", self.organisation]),
        ]  # fmt: skip


@pytest.fixture(name="scene", scope="module", params=a_few_of(LANGUAGES))
def _scene(request: pytest.FixtureRequest, _postgres: str, _template: str, _valkey: str) -> Iterator[Scene]:
    with (
        services.database(_postgres, template=_template) as url,
        psycopg.connect(url, autocommit=True) as db,
        stage(db, url) as one,
    ):
        yield _played(one, url, _valkey, request.param)


def _played(one: Stage, url: str, redis_url: str, lang: str) -> Scene:
    house = one.practice
    invoice = house.invoice(house.customer())
    one.run()
    draft, cancelled = house.invoice(house.customer()), 0
    deliver(house, draft)
    cancelled = house.cancel(draft)
    deliver(house, cancelled, kind="cancellation", notice="original_is_draft")
    dead = kill(
        house,
        "contact_gone",
        detail={"contact_ids": ["31875f43-3ffa-4a31-9149-faaf510f297c"], "trace_id": "0e9f95928863"},
    )
    attempt(house, dead, "dead", "contact_gone")
    look(house, intent(house, dead, "refused"), "absent")
    kill(house, "totals_differ", detail={"here": "85.00", "there": "84.99"}, number=_NUMBER)
    kill(house, "missing_field", detail={"field": "payer.country_code"})
    kill(house, "duplicate_found", detail={"lexware_ids": ["31875f43-3ffa-4a31-9149-faaf510f297c"]})
    discarded = kill(house, "no_items", state="discarded")
    doubted = house.invoice(house.customer())
    intent(house, event_of(house.db, doubted))
    other = Practice(house.db, name="Praxis mit einem ziemlich langen Namen am anderen Ende der Stadt")
    other.switch_on("22222222-2222-4222-8222-222222222222", "key")
    other.invoice(other.customer())
    house.db.execute(
        "update outbox.lane set pause_reason = 'key_invalid', paused_at = now() where practice_id = %s",
        (other.practice_id,),
    )
    house.db.execute(
        "insert into outbox.operator_action (by, action, why, practice_id, event_id, detail) values "
        "('ada', 'replay', 'Der Kontakt war versehentlich gelöscht', %s, %s, "
        "'{\"reason\": \"contact_gone\", \"group\": \"a9837a88\"}'), ('bert', 'practice.pause', null, %s, null, '{}')",
        (house.practice_id, dead, house.practice_id),
    )  # fmt: skip
    row = house.db.execute("select number, customer_id from practice.invoices where id = %s", (invoice,)).fetchone()
    assert row is not None
    environment = {
        "DATABASE_URL": url, "REDIS_URL": redis_url, "LEXRELAY_SECRET_KEYS": practice.SECRET_KEY, "LEXWARE_API_URL": one.sandbox.url,
        "LEXRELAY_LANG": lang, "COLUMNS": str(WIDTH), "LEXRELAY_RATE_PER_SECOND": "1000",
    }  # fmt: skip
    return Scene(house, row[0], dead, discarded, row[1], one.tenant.id, environment)


def every_command() -> Iterator[tuple[str, click.Command]]:
    """All commands that do something, by their paths."""

    def below(group: click.Group, path: str) -> Iterator[tuple[str, click.Command]]:
        for name in group.list_commands(click.Context(group)):
            command = group.get_command(click.Context(group), name)
            assert command is not None
            if not isinstance(command, click.Group) or command.invoke_without_command:
                yield f"{path}{name}", command
            if isinstance(command, click.Group):
                yield from below(command, f"{path}{name} ")

    yield from below(main, "")


def english_only() -> set[str]:
    """Words of English texts that no German text has."""
    german, english = set(), set()
    for module in pkgutil.walk_packages(worker.messages.__path__, "worker.messages."):
        for value in vars(importlib.import_module(module.name)).values():
            texts = value.values() if isinstance(value, dict) else [value]
            for text in texts:
                if isinstance(text, Text):
                    german |= words_of(text.de)
                    english |= words_of(text.en)
    german |= {word for text in GERMAN.values() for word in words_of(text)}
    english |= {word for text in GERMAN for word in words_of(text)}
    names = {word for path, _ in every_command() for word in re.split(r"[ -]", path)}
    return english - german - ALLOWED - names - {getpass.getuser()}


def words_of(text: str) -> set[str]:
    """Its words, in small letters; what is in no language is left out."""
    return {word.lower() for word in _WORD.findall(_NO_LANGUAGE.sub(" ", text))}


def wrong(said: str, lang: str, english: set[str]) -> Iterator[str]:
    """What is wrong with a page."""
    for line in said.splitlines():
        if len(line) > WIDTH and not _ADDRESS.fullmatch(line.strip()):
            yield f"{len(line)} columns: {line}"
        if _PART_OF_UUID.search(_UUID.sub("", line)):
            yield f"a broken id: {line}"
        yield from (f"broken: {line}" for whole in _WHOLE if whole[:12] in line and whole not in line)
        if _ONE_MANY.search(line):
            yield f"one of many: {line}"
    if lang == "de" and (found := words_of(said) & english):
        yield f"in English: {sorted(found)}"


def test_every_command_is_in_the_table(scene: Scene) -> None:
    """A new command is run as well, or serves until it is ended."""
    assert {path for path, _ in every_command()} - SERVING == {path for path, _ in scene.table()}


def test_every_page_can_be_read(scene: Scene) -> None:
    """Whatever the command answers."""
    lang, english, faults = scene.environment["LEXRELAY_LANG"], english_only(), []
    for command, arguments in scene.table():
        line = [*command.split(), *map(str, arguments)]
        given = scene.house.db.info.dbname if command == "practice connect" else ""
        result = CliRunner().invoke(main, line, env=scene.environment, input=given)
        said = result.stdout + result.stderr
        assert result.exit_code in (0, 1, 2), said
        assert said, line
        written = [] if command == "preview" and lang == "en" else odd(said, lang)  # what leaves is German
        said_so = [f"{text!r} is not written so" for text in written]
        faults += [f"{' '.join(line)}: {fault}" for fault in (*wrong(said, lang, english), *said_so)]

    assert not faults, "\n".join(faults)


def test_every_help_can_be_read(scene: Scene) -> None:
    """With one example that is typed as it stands."""
    lang, english, faults = scene.environment["LEXRELAY_LANG"], english_only(), []
    for path, _ in [
        *every_command(),
        ("", main),
        *((name, group) for name, group in main.commands.items() if isinstance(group, click.Group)),
    ]:
        said = CliRunner().invoke(main, [*path.split(), "--help"], env=scene.environment, prog_name="lexrelay").stdout
        faults += [f"{path}: {fault}" for fault in wrong(said, lang, english)]
        faults += [f"{path}: {sign}" for sign in ("<=", "92233") if sign in said]
    faults += [f"{path}: no example" for path, _ in every_command() if path not in EXAMPLES]

    assert not faults, "\n".join(faults)


def test_every_help_is_translated() -> None:
    """A command or option that is new names its German in `worker/messages/help.py`."""
    missing = []
    for path, command in every_command():
        texts = [command.help, *(getattr(param, "help", None) for param in command.params)]
        missing += [f"{path}: {text}" for text in texts if text and " ".join(text.split()) not in GERMAN]

    assert not missing, "\n".join(missing)


def test_a_complaint_calls_an_argument_as_its_usage_line_does(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of every command that needs one, in German."""
    monkeypatch.setenv("LEXRELAY_LANG", "de")
    monkeypatch.setattr("sys.argv", ["lexrelay"])
    faults = []
    for path, command in every_command():
        if any(isinstance(param, click.Argument) and param.required for param in command.params):
            said = CliRunner().invoke(main, path.split(), prog_name="lexrelay").stderr
            named = re.search(r"Argument '(.+?)'", said)
            faults += [f"{path}: {said}"] if not named or named[1] not in said.splitlines()[0] else []

    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("example", EXAMPLES.values())
def test_every_example_can_be_typed(example: str) -> None:
    """It names a command and options that there are."""
    import shlex

    command: click.Command = main
    rest = shlex.split(example)
    while isinstance(command, click.Group) and (
        below := command.get_command(click.Context(command), rest[0] if rest else "")
    ):
        command, rest = below, rest[1:]
    if command is not main:  # another release has it
        command.make_parser(click.Context(command)).parse_args(args=rest)
