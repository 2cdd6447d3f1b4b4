"""Every page writes days and amounts as its readers do."""

from furnished import Furnished
from reading_pages import said
from written import odd


def test_every_page_writes_days_and_amounts_as_its_readers_do(furnished_house: Furnished) -> None:
    """In both languages, for all who may look, whatever a page can show."""
    house, faults = furnished_house, []
    for role, lang in [(role, lang) for role in ("operator", "practice") for lang in ("de", "en")]:
        browser = house.pages.browser(role, house.own if role == "practice" else None)
        for address in house.addresses(role):
            page = browser.get(address, **{"accept-language": lang}).text
            faults += [f"{lang} {address}: {text}" for text in odd(said(page), lang)]

    assert not faults, "\n".join(faults)
