"""Keys, taxes and the contract in the user's hands (lexware-api 1.1, 9.1, 14.9)."""

from worker.lab.sandbox.records import SCOPES, tax_type_named
from worker.lab.sandbox.web_app.desk import Desk, NotPossibleError
from worker.lab.sandbox.wire import Json


def new_key(desk: Desk, scopes: list[str] | None = None) -> Json:
    """Create an API key with all rights, or some; answers it as `key`."""
    chosen = SCOPES if scopes is None else frozenset(scopes)
    if not chosen <= SCOPES:
        raise ValueError(f"no such scopes: {', '.join(sorted(chosen - SCOPES))}")
    return {"key": desk.world.add_key(desk.organisation, chosen)}


def revoke_key(desk: Desk, key: str) -> Json:
    """Revoke an API key for good."""
    if key not in desk.organisation.keys:
        raise NotPossibleError("the organisation has no such key")
    desk.organisation.keys[key].revoked = True
    return desk.settle()


def set_tax(desk: Desk, tax_type: str, small_business: bool = False) -> Json:
    """Change the tax settings of the profile."""
    desk.organisation.tax_type, desk.organisation.small_business = tax_type_named(tax_type), small_business
    return desk.settle()


def set_contract(desk: Desk, ok: bool) -> Json:
    """Downgrade the plan below the API's (402), or upgrade it again."""
    desk.organisation.contract_ok = ok
    return desk.settle()


def set_company_data(desk: Desk, complete: bool) -> Json:
    """Leave out company data that finalising demands, or complete them."""
    desk.organisation.company_data_complete = complete
    return desk.settle()
