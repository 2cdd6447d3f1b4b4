"""Lists of the API that hardly ever change (lexware-api 15), a few entries of each."""

from worker.lab.sandbox.wire import Json

PAYMENT_CONDITIONS: list[Json] = [
    {
        "id": "e96c3d56-1f1d-4d0c-9a33-2d0b8f1c7a01",
        "paymentTermLabelTemplate": "Zahlbar sofort, rein netto",
        "paymentTermDuration": 0,
        "organizationDefault": True,
    }
]
POSTING_CATEGORIES: list[Json] = [
    {
        "id": "8f8664a8-fd86-11e1-a21f-0800200c9a66",
        "name": "Einnahmen",
        "type": "income",
        "contactRequired": False,
        "splitAllowed": True,
        "groupName": "Einnahmen",
    }
]
PRINT_LAYOUTS: list[Json] = [{"id": "28c212c4-b6dd-11ee-b80a-dbc65f4ceccf", "name": "Standard", "default": True}]
