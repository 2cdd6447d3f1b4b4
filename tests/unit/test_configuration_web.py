"""Wrong values of what is spoken to by HTTP and SMTP, and of periods; all variables together; every sentence in German."""

import pytest
from test_configuration import _ANY_URL, GOOD, NUMBERS, SECRET, WEBS, WRONG, _problems
from variables import known_variables

from worker.messages.refusals import said_in

MAILS = [
    SECRET, "a@", "@b", "a b@c", "a@b@c", "a@b c", "a@b;c@d", "<a@b>", "a@b>", "Ada <a@b.de>", "a@ü.de", "ü@b.de", "mailto:a@b",
    "a@b\x00", "a@b\u202e", "\x1b[31m@b", "a@b\udcff", "a@-", "a@.", "a@..", "a@b..c", "a@.b", "a@b.", "a" * 65 + "@b.de", "a@" + "b" * 64,
    "a@" + "b." * 130 + "de", ",", "a@b/c", "a@b:25", '"a"@b', "a@[1.2.3.4]", "a\u200b@b.de", "a@b\r\nBcc: x@y.de", "a(b)@c.de", "a\\@b.de",
]  # fmt: skip
_NO_SERVER = [
    "", "/x", ":25", "h:0", "h:65536", "h:x", "h:-1", "[::1", "a..b", "-", ".", "h!", "h,i", "h\\x", "h h", "h\x00", "h\nx", "h\u202e",
    "h\udcff", "a" * 70 + ".example", "h#", "h#x",
]  # fmt: skip
_WRONG_LOGINS = [
    f"u:{SECRET}/x@h", f"u:{SECRET}%@h", f"u:{SECRET}%zz@h", f"u:{SECRET}@x@h", f"u:1#{SECRET}@h", f"u@h:{SECRET}", "u%00:x@h",
    "u%0d%0aX:x@h", "u%ff:x@h",
]  # fmt: skip
HOOKS = [
    *_ANY_URL,
    *(f"https://{end}" for end in _NO_SERVER),
    f"https://{SECRET}@h",
    f"https://u:{SECRET}@h",
    "ftp://h",
    "h",
]
MAIL_SERVERS = [
    *_ANY_URL, *(f"smtp://{end}" for end in (*_NO_SERVER, *_WRONG_LOGINS)), "smtp://h/x", "smtp://h?x", "smtp://h?", f"smtp://:{SECRET}@h",
    "http://h", "mail.example.org", "mail.example.org:25",
]  # fmt: skip
PROXIES = [
    *(f"http://{end}" for end in (*_NO_SERVER, *_WRONG_LOGINS)), "http://h/x", "http://h?x", "https://h:1", "socks5://h", "ftp://h", "h:x", "://",
]  # fmt: skip
CONSOLES = [*WEBS, "http://10.0.0.1", "https://h/x"]
NETWORKS = [
    SECRET, "x", "10.0.0.256", "10.0.0", "10.0.0.0/33", "10.0.0.1/24", "::1/129", "[::1]", "10.0.0.1:80", "http://10.0.0.1", "*", "localhost",
    "10.0.0.1;10.0.0.2", "-1", "1.5", "1", "0", "4294967296", "\u0661", "10.0.0.1\x00", "\u202e10.0.0.1", "\x1b[31m", "0x0a000001", "010.0.0.1",
    "10.0.0.0/-1", "10.0.0.0/255.0.255.0", "fe80::1%", "\udcff", "None", "{}", "10.0.0.1-10.0.0.9", "10.0.0.0/8/8",
]  # fmt: skip
FRAMES = [
    SECRET, "x", "https://", "https://h:", "https://h/x", "https://h?x", "https://h#x", "https://u@h", "https://*", "*", "none", "'none'",
    "data:", "https:", "//h", "h.example", "ftp://h", "https://h:999999", "https://h:x", "https://*.", "https://h*", "https://h;script-src",
    "https://h\x00", "https://h\u202e", "\x1b[31m", "\udcff", "https://ü.example", "https://[::1]", "SELF", "unsafe-inline", "https://..",
    "https://-", "https://h:0", "https://h:65536",
]  # fmt: skip
_PERIODS = [number for number in NUMBERS if number != "0"]
WRONG_TOO = {
    "LEXRELAY_ALARM_MAIL": MAILS, "LEXRELAY_ALARM_FROM": [*MAILS, "a@b.de,c@d.de"], "LEXRELAY_ALARM_URL": HOOKS,
    "LEXRELAY_SMTP_URL": MAIL_SERVERS, "LEXRELAY_CONSOLE_URL": CONSOLES, "LEXRELAY_CONSOLE_PROXY": NETWORKS,
    "LEXRELAY_CONSOLE_FRAME_ANCESTORS": FRAMES, "HTTPS_PROXY": PROXIES,
    **{f"LEXRELAY_{name}_SECONDS": _PERIODS for name in ("WATCH", "SWEEP", "DEEP", "PROBE")},
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG_TOO)
def test_a_wrong_value_is_refused_by_name(name: str) -> None:
    """At least 30 for each variable; the sentence holds nothing of the value."""
    assert len(set(WRONG_TOO[name])) >= 30
    for value in WRONG_TOO[name]:
        problems = _problems(GOOD | {name: value})

        assert problems, repr(value)
        assert all(problem.startswith(name) for problem in problems), (value, problems)
        assert SECRET not in str(problems)
        assert all(problem.isprintable() for problem in problems)


@pytest.mark.parametrize("name", [*WRONG, *WRONG_TOO])
def test_every_refusal_has_its_german(name: str) -> None:
    """Whatever is wrong."""
    problems = {problem for value in (WRONG | WRONG_TOO)[name] for problem in _problems(GOOD | {name: value})}

    assert [problem for problem in problems if said_in(problem, "de") == problem] == []


def test_every_variable_is_tried() -> None:
    """NO_PROXY is a list of whatever names, and a locale is English or German; the proxy has four spellings."""
    no_wrong_value = {"NO_PROXY", "no_proxy", "LC_ALL", "LC_MESSAGES", "LANG", "https_proxy", "ALL_PROXY", "all_proxy"}
    asked = {name for name in known_variables() if not name.endswith("_FILE")}

    assert asked - no_wrong_value == WRONG.keys() | WRONG_TOO.keys()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("LEXRELAY_ALARM_MAIL", "ops+night@mail.example.org, o'neill@localhost"),
        ("LEXRELAY_ALARM_URL", "https://hooks.example.org:8443/a/b?code=1%2F2"),
        ("LEXRELAY_SMTP_URL", "smtps://ops%40example.org:p%25w%23@mail.example.org"),
        ("LEXRELAY_SMTP_URL", "smtp://[::1]:2525/"),
        ("LEXRELAY_CONSOLE_FRAME_ANCESTORS", "self, https://*.practice.example:8443"),
        ("LEXRELAY_CONSOLE_PROXY", "10.0.0.0/8 ::1"),
        ("HTTPS_PROXY", "http://u:p%40w@proxy.example:3128/"),
        ("HTTPS_PROXY", "proxy_1.internal.:3128"),
    ],
)
def test_what_is_right_stays_right(name: str, value: str) -> None:
    """Encoded passwords, tokens after a question mark, several addresses."""
    assert _problems(GOOD | {name: value}) == []
