"""What a practice reads about its API key and the Lexware organisation behind it."""

from worker.messages import Text

ASK_FOR_KEY = Text(de="API-Schlüssel von Lexware (wird nicht angezeigt)", en="API key of Lexware (not shown)")
NO_KEY = Text(
    de="Es kam kein API-Schlüssel an. Bitte übergeben Sie ihn über die Standardeingabe oder mit --key-file.",
    en="No API key arrived. Give it on standard input or with --key-file.",
)
NO_FILE = Text(
    de="Diese Datei gibt es nicht, oder sie lässt sich nicht lesen. Hinter --key-file gehört der Name einer Datei, nie der "
    "Schlüssel selbst. War es ein echter Schlüssel, legen Sie in Lexware bitte einen neuen an.",
    en="There is no such file, or it cannot be read. --key-file takes the name of a file, never the key itself. If it was a "
    "real one, create a new key in Lexware.",
)
NO_ARGUMENT = Text(
    de="Der API-Schlüssel wird nie als Argument angegeben, weil andere es mitlesen können. Bitte übergeben Sie ihn über die "
    "Standardeingabe oder mit --key-file. War es ein echter Schlüssel, legen Sie in Lexware bitte einen neuen an.",
    en="The API key is never given as an argument, since others can read it: use standard input or --key-file. If it was a "
    "real one, create a new key in Lexware.",
)
KEY_MALFORMED = Text(
    de="Das ist kein API-Schlüssel: ein Schlüssel ist ein Wort ohne Leerzeichen und Umlaute.",
    en="This is no API key: a key is one word without blanks or accented letters.",
)
NOT_CONNECTED = Text(
    de="Für die Praxis {practice} ist kein API-Schlüssel hinterlegt. Bitte rufen Sie `lexrelay practice connect "
    "--practice {practice}` auf.",
    en="No API key is stored for practice {practice}. Run `lexrelay practice connect --practice {practice}`.",
)
KEY_UNREADABLE = Text(
    de="Der gespeicherte API-Schlüssel der Praxis {practice} lässt sich mit keinem Schlüssel aus LEXRELAY_SECRET_KEYS "
    "öffnen. Bitte ergänzen Sie dort den fehlenden, oder hinterlegen Sie den API-Schlüssel mit `lexrelay practice connect` "
    "neu.",
    en="None of LEXRELAY_SECRET_KEYS opens the stored API key of practice {practice}. Add the missing one there, or give "
    "the API key to `lexrelay practice connect` again.",
)
KEY_MISPLACED = Text(
    de="Der gespeicherte API-Schlüssel bei Praxis {practice} wurde für eine andere Praxis oder ein anderes Unternehmen "
    "verschlüsselt und wird nicht benutzt. Bitte hinterlegen Sie den richtigen mit `lexrelay practice connect`, und sehen Sie "
    "nach, wer die Tabelle lexware.connection geändert hat.",
    en="The API key stored for practice {practice} was encrypted for another practice or organisation and is not used. Give the "
    "right one to `lexrelay practice connect`, and find out who changed the table lexware.connection.",
)
UNKNOWN_TAX_TYPE = Text(
    de="Lexware nennt eine Steuereinstellung, die lexrelay nicht kennt. Bitte setzen Sie eine neuere Version ein.",
    en="Lexware names a tax setting that lexrelay does not know. Install a newer version.",
)
OTHER_ORGANISATION = Text(
    de="Dieser Schlüssel gehört zu einem anderen Unternehmen in Lexware als der bisherige. Wenn die Praxis wirklich "
    "wechselt, wiederholen Sie dies bitte mit --new-organisation. Es wurde nichts gespeichert.",
    en="This key belongs to another Lexware organisation than the one before. If the practice really moves, repeat with "
    "--new-organisation. Nothing was stored.",
)
AGREE_MOVE = Text(
    de="Wechselt die Praxis {practice} wirklich zu einem anderen Unternehmen in Lexware? Belege, die beim alten sind oder sein "
    "könnten, gehen dann nie mehr.",
    en="Does practice {practice} really move to another Lexware organisation? Documents that are or may be at the old one "
    "are then never sent again.",
)
CONNECTED = Text(
    de="Verbunden mit {company}. Steuereinstellung in Lexware: {tax_type}. {small_business}",
    en="Connected with {company}. Tax setting in Lexware: {tax_type}. {small_business}",
)
SMALL_BUSINESS = Text(de="Kleinunternehmer nach § 19 UStG: ja.", en="Small business (§ 19 UStG): yes.")
NO_SMALL_BUSINESS = Text(de="Kleinunternehmer nach § 19 UStG: nein.", en="Small business (§ 19 UStG): no.")
KEY_STORED = Text(
    de="Der Schlüssel ist verschlüsselt gespeichert und wird nie wieder angezeigt. Er gilt höchstens bis {expires_on}.",
    en="The key is stored encrypted and is never shown again. It is valid until {expires_on} at most.",
)
SAME_KEY = Text(
    de="Es ist derselbe Schlüssel wie bisher, seine 24 Monate laufen weiter: er gilt höchstens bis {expires_on}. Haben Sie ihn "
    "in Lexware verlängert, wiederholen Sie dies bitte mit --renewed.",
    en="It is the same key as before, and its 24 months go on: it is valid until {expires_on} at most. If you have renewed it "
    "in Lexware, repeat this with --renewed.",
)
KEY_EXPIRES = Text(
    de="Der API-Schlüssel der Praxis {practice} läuft spätestens am {expires_on} ab (in {count} Tagen). Legen Sie "
    "in Lexware bitte einen neuen an und hinterlegen Sie ihn mit `lexrelay practice connect`; einen verlängerten hinterlegen "
    "Sie noch einmal mit `--renewed`.",
    en="The API key of practice {practice} expires on {expires_on} at the latest (in {count} days). Create a new one in Lexware "
    "and give it to `lexrelay practice connect`; give a renewed one again with `--renewed`.",
    one=(
        "Der API-Schlüssel der Praxis {practice} läuft spätestens am {expires_on} ab (in 1 Tag). Legen Sie in Lexware bitte einen neuen an und hinterlegen Sie ihn mit `lexrelay practice connect`; einen verlängerten hinterlegen Sie noch einmal mit `--renewed`.",
        "The API key of practice {practice} expires on {expires_on} at the latest (in 1 day). Create a new one in Lexware and give it to `lexrelay practice connect`; give a renewed one again with `--renewed`.",
    ),
)
KEY_EXPIRED = Text(
    de="Der API-Schlüssel der Praxis {practice} ist seit {expires_on} 24 Monate alt und damit vermutlich abgelaufen. "
    "Bitte legen Sie einen neuen an und hinterlegen Sie ihn mit `lexrelay practice connect`.",
    en="The API key of practice {practice} was 24 months old on {expires_on} and has probably expired. Create a new one "
    "and give it to `lexrelay practice connect`.",
)
MOVED = Text(
    de="Die Praxis ist zu einem anderen Unternehmen in Lexware gewechselt. Was zum alten gehört, bleibt, wie es ist: {documents} "
    "übertragene Belege, {contacts} Kontaktverknüpfungen, {intents} ungeklärte Sendungen. Belege, die dort schon "
    "sind oder sein könnten, werden nicht noch einmal gesendet; sie enden als other_organisation.",
    en="The practice has moved to another Lexware organisation. What belongs to the old one stays what it is: {documents} "
    "delivered documents, {contacts} contact links, {intents} sends in doubt. Documents that are or may be there are not "
    "sent again; they end as other_organisation.",
)
SHARED_ORGANISATION = Text(
    de="Achtung: mit demselben Unternehmen in Lexware sind auch diese Praxen verbunden: {practices}. Zusammen stellen sie "
    "nicht mehr Anfragen als eine. Ist das so gewollt?",
    en="Note: these practices are connected with the same Lexware organisation: {practices}. Together they make no more calls than one. "
    "Is that intended?",
)
PAUSE_LIFTED = Text(de="Die Pause ({reason}) ist aufgehoben.", en="The pause ({reason}) is lifted.")
STILL_PAUSED = Text(
    de="Die Übertragung ist weiter von Hand angehalten; `lexrelay practice resume --practice {practice}` setzt sie fort.",
    en="The transfer is still paused by an operator; `lexrelay practice resume --practice {practice}` continues it.",
)
ROTATED = Text(
    de="{count} gespeicherte API-Schlüssel sind jetzt mit dem ersten Schlüssel aus LEXRELAY_SECRET_KEYS verschlüsselt.",
    en="{count} stored API keys are now encrypted with the first of LEXRELAY_SECRET_KEYS.",
    one=(
        "1 gespeicherter API-Schlüssel ist jetzt mit dem ersten Schlüssel aus LEXRELAY_SECRET_KEYS verschlüsselt.",
        "1 stored API key is now encrypted with the first of LEXRELAY_SECRET_KEYS.",
    ),
)
BOUND = Text(
    de="{count} gespeicherte API-Schlüssel sagen nun, zu welcher Praxis sie gehören.",
    en="{count} stored API keys now say which practice they belong to.",
    one=(
        "1 gespeicherter API-Schlüssel sagt nun, zu welcher Praxis er gehört.",
        "1 stored API key now says which practice it belongs to.",
    ),
)
UNREADABLE = Text(
    de="Nicht zu öffnen sind die Schlüssel der Praxen {practices}: keiner aus LEXRELAY_SECRET_KEYS passt. Bitte "
    "ergänzen Sie den fehlenden und rufen Sie dies noch einmal auf, oder hinterlegen Sie sie mit `lexrelay practice connect` "
    "neu.",
    en="The keys of practices {practices} cannot be opened with any of LEXRELAY_SECRET_KEYS. Add the missing one and run "
    "this again, or `lexrelay practice connect`.",
)
