"""What a command says when Lexware does not give what was asked for: what happened, and what to do."""

from worker.messages import Text

WAITING = Text(
    de="Lexware lässt gerade keine weitere Anfrage zu; es geht in {seconds} s weiter.",
    en="Lexware allows no further call at the moment; this continues in {seconds} s.",
)
NOT_REACHED = Text(
    de="Lexware ist nicht zu erreichen ({why}). Bitte prüfen Sie Netz und LEXWARE_API_URL.",
    en="Lexware cannot be reached ({why}). Check the network and LEXWARE_API_URL.",
)
#: What is wrong with the way there, by what the transport calls it.
WAYS = {
    "SpeaksPlainly": Text(
        de="Dort, wohin LEXWARE_API_URL zeigt, wird kein TLS gesprochen: die Adresse beginnt mit https, der Port ist einer für http.",
        en="Where LEXWARE_API_URL leads, nobody speaks TLS: the address begins with https, and the port is one for http.",
    ),
    "SSLCertVerificationError": Text(
        de="Dem Zertifikat, das sich unter LEXWARE_API_URL zeigt, traut dieser Rechner nicht. Steht ein Proxy dazwischen, der "
        "mitliest, muss SSL_CERT_FILE dessen Aussteller nennen.",
        en="This machine does not trust the certificate that shows at LEXWARE_API_URL. If a proxy in between reads along, let "
        "SSL_CERT_FILE name its authority.",
    ),
    "ProxyRefuses": Text(
        de="Der Proxy lässt nicht zu Lexware durch, oder ist keiner. Bitte prüfen Sie HTTPS_PROXY, auch Benutzer und Passwort darin.",
        en="The proxy does not let through to Lexware, or is none. Check HTTPS_PROXY, its user and password too.",
    ),
}
API_SPEAKS_TLS = Text(
    de="Dort, wohin LEXWARE_API_URL zeigt, wird TLS gesprochen, und die Adresse beginnt mit http://. Bitte mit https:// beginnen.",
    en="Where LEXWARE_API_URL leads, TLS is spoken, and the address begins with http://. Let it begin with https://.",
)
PROXY_SPEAKS_TLS = Text(
    de="Der Proxy aus HTTPS_PROXY spricht an diesem Port TLS; lexrelay spricht mit einem Proxy nur offen. Bitte seinen Port für "
    "http nennen.",
    en="The proxy of HTTPS_PROXY speaks TLS on this port; lexrelay speaks with a proxy plainly only. Name its port for http.",
)
NO_ANSWER = Text(
    de="Lexware hat nicht verwertbar geantwortet ({why}). Bitte versuchen Sie es in ein paar Minuten noch einmal.",
    en="Lexware gave no usable answer ({why}). Try again in a few minutes.",
)
TOO_LONG = Text(
    de="Die Liste in Lexware lässt sich nicht vollständig lesen. Bitte versuchen Sie es noch einmal.",
    en="The list in Lexware cannot be read to its end. Try again.",
)
TOO_MANY_CALLS = Text(
    de="Lexware bekommt gerade zu viele Anfragen. Bitte versuchen Sie es in einer Minute noch einmal.",
    en="Lexware has too many calls at the moment. Try again in a minute.",
)
KEY_REFUSED = Text(
    de="Lexware nimmt den API-Schlüssel nicht an. Vielleicht ist Lexware nur kurz gestört: bitte versuchen Sie es in "
    "einer Minute noch einmal. Bleibt es dabei, legen Sie unter https://app.lexware.de/addons/public-api einen neuen "
    "Schlüssel an und hinterlegen ihn mit `lexrelay practice connect`.",
    en="Lexware does not accept the API key. It may only be out of order for a moment: try again in a minute. If that "
    "does not help, create a new key at https://app.lexware.de/addons/public-api and give it to `lexrelay practice "
    "connect`.",
)
PLAN_TOO_SMALL = Text(
    de="Der Lexware-Vertrag enthält die Schnittstelle nicht oder ist abgelaufen; sie gehört zum Tarif XL.",
    en="The Lexware contract does not include the interface or has ended; it takes the plan XL.",
)
PERMISSION_MISSING = Text(
    de="Dem API-Schlüssel fehlt eine Berechtigung. Gebraucht werden: Allgemeine Profilinformationen abrufen; Kontakte, "
    "Rechnungen und Gutschriften (Rechnungskorrekturen) abrufen und speichern; Belegliste filtern und abrufen. Bitte legen Sie "
    "einen neuen Schlüssel an.",
    en="The API key lacks a permission. Needed are: read the profile; read and write contacts, invoices and credit "
    "notes; read the voucher list. Create a new key.",
)
REFUSED = Text(
    de="Lexware hat die Anfrage abgelehnt ({why}). Steht in LEXWARE_API_URL die richtige Adresse?",
    en="Lexware refused the call ({why}). Is LEXWARE_API_URL the right address?",
)
