"""`lexrelay contact forget`: what is kept of a name goes, ids stay, and a human is told what to do in Lexware."""

from commands import Commands
from stage import Stage


def test_only_ids_are_left(stage: Stage, database_url: str) -> None:
    """Refused while a document is not settled; then recorded, and the contact to look at is named. Safe to repeat."""
    lexrelay = Commands(database_url, stage.sandbox)
    payer = stage.practice.customer()
    stage.practice.invoice(payer)
    words = (
        "contact",
        "forget",
        "--practice",
        stage.practice.practice_id,
        "--customer",
        payer,
        "--by",
        "ada",
        "--why",
        "asked",
    )
    assert "not settled yet (events " in lexrelay(*words, exits=1).stderr
    stage.run()
    links = stage.db.execute("select count(*) from lexware.document_link").fetchone()

    said = " ".join(lexrelay(*words).stdout.split())

    assert "hashes of the name removed: 2" in said
    assert f"contacts/view/{stage.contacts()[0]['id']}" in said
    assert "Documents in Lexware: 1" in said
    assert stage.db.execute("select count(*) from outbox.intent where sent_with ? 'payer_hash'").fetchone() == (0,)
    assert stage.db.execute("select count(*) from lexware.document_link").fetchone() == links
    done = "select by, why, detail from outbox.operator_action where action = 'contact.forget'"
    assert stage.db.execute(done).fetchall() == [("ada", "asked", {"customer_id": payer, "intents": 2})]
    assert "removed: 0" in lexrelay(*words).stdout
