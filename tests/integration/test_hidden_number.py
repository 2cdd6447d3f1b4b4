"""A number that holds a person is told nobody: the event forgets it, and knows the new one when it lives again."""

import json

from commands import Commands
from planted import ledger
from stage import Stage


def test_a_number_with_a_name_is_kept_nowhere(stage: Stage) -> None:
    """It is refused; tables and commands name the event only, until the practice has mended it."""
    payer = stage.practice.customer(last_name="Qzxnachname", birth_date="1985-03-12", insurance_number="A123456789")
    documents = [
        stage.practice.invoice(payer, number=number) for number in ("RE-Qzxnachname-7", "A123456789", "X-12.03.1985")
    ]
    stage.run()
    lexrelay = Commands(stage._url, stage.sandbox)
    practice = ("--practice", stage.practice.practice_id)

    said = "".join(
        lexrelay(*words).output
        for words in (("dead", "list"), ("dead", "list", "--json"), ("status",), ("history",), ("dead", "groups"),
                      *(("dead", "show", stage.event(one)["event_id"]) for one in documents))
    ) + ledger(stage.db)  # fmt: skip

    assert {stage.outcome(one) for one in documents} == {("dead", "health_data")}
    assert [secret for secret in ("qzxnachname", "a123456789", "12.03.1985") if secret in said.lower()] == []

    stage.db.execute("update practice.invoices set number = 'RE-7' where id = %s", (documents[0],))
    lexrelay("replay", stage.event(documents[0])["event_id"], "--yes")
    stage.run()

    assert stage.outcome(documents[0]) == ("delivered", None)
    assert json.loads(lexrelay("show", "RE-7", *practice, "--json").stdout)["number"] == "RE-7"


def test_other_dead_letters_keep_theirs(stage: Stage) -> None:
    """Whatever else is wrong with them."""
    document = stage.practice.invoice(stage.practice.customer(street="Weg F32.1"), number="RE-8")
    stage.run()

    assert (stage.outcome(document), stage.event(document)["number"]) == (("dead", "health_data"), "RE-8")
