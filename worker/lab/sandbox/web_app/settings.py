"""Keys, taxes and the contract in the user's hands (lexware-api 1.1, 9.1, 14.9)."""

from worker.lab.sandbox.records import SCOPES, tax_type_named
from worker.lab.sandbox.web_app.session import NotPossibleError, UserSession
from worker.lab.sandbox.wire import Json


def new_key(session: UserSession, scopes: list[str] | None = None) -> Json:
    """Create an API key with all rights, or some; answers it as `key`."""
    chosen = SCOPES if scopes is None else frozenset(scopes)
    if not chosen <= SCOPES:
        raise ValueError(f"no such scopes: {', '.join(sorted(chosen - SCOPES))}")
    return {"key": session.world.add_key(session.organisation, chosen)}


def revoke_key(session: UserSession, key: str) -> Json:
    """Revoke an API key for good."""
    if key not in session.organisation.keys:
        raise NotPossibleError("the organisation has no such key")
    session.organisation.keys[key].revoked = True
    return session.settle()


def set_tax(session: UserSession, tax_type: str, small_business: bool = False) -> Json:
    """Change the tax settings of the profile."""
    session.organisation.tax_type, session.organisation.small_business = tax_type_named(tax_type), small_business
    return session.settle()


def set_contract(session: UserSession, ok: bool) -> Json:
    """Downgrade the plan below the API's (402), or upgrade it again."""
    session.organisation.contract_ok = ok
    return session.settle()


def set_company_data(session: UserSession, complete: bool) -> Json:
    """Leave out company data that finalising demands, or complete them."""
    session.organisation.company_data_complete = complete
    return session.settle()
