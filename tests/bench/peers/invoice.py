"""The body that all peers send: what lexrelay sends for the documents of this bench."""

from typing import Any


def invoice(number: int) -> dict[str, Any]:
    """One neutral line, one payer, the document's own number."""
    return {
        "voucherDate": "2026-11-02T00:00:00.000+01:00",
        "address": {
            "contactId": "0b8d7c7e-6a5c-4a53-9d0f-4f6c1d9d0a11", "name": "Ada Beispiel", "street": "Lindenweg 1",
            "zip": "50667", "city": "Köln", "countryCode": "DE",
        },
        "lineItems": [
            {
                "type": "custom", "name": f"Leistungen gemäß Rechnung RE-{number}", "quantity": 1, "unitName": "Leistung",
                "unitPrice": {"currency": "EUR", "netAmount": 85.0, "taxRatePercentage": 0},
            },
        ],
        "totalPrice": {"currency": "EUR"},
        "taxConditions": {"taxType": "vatfree", "taxTypeNote": "Umsatzsteuerfrei nach § 4 Nr. 14 UStG"},
        "shippingConditions": {"shippingType": "none"},
        "paymentConditions": {"paymentTermLabel": "Zahlbar bis 16.11.2026", "paymentTermDuration": 14},
        "title": "Rechnung",
        "remark": f"Umsatzsteuerfrei nach § 4 Nr. 14 UStG\nBeleg-Nr. RE-{number}",
    }  # fmt: skip
