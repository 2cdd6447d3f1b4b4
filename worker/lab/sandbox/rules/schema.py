"""The fields the API documents (lexware-api 4.1, 5.2 to 5.6, 5.8, 6.1).

Read-only fields belong to the shapes: clients may send them and the server ignores them.
"""

from worker.lab.sandbox.rules.shapes import Shape

_TEXTS: list[Shape] = ["text"]
_ROLE: Shape = {"number": "whole"}
_CONTACT_ADDRESSES: list[Shape] = [
    {"supplement": "text", "street": "text", "zip": "text", "city": "text", "countryCode": "text"}
]

CONTACT: Shape = {
    "id": "text",
    "organizationId": "text",
    "version": "whole",
    "roles": {"customer": _ROLE, "vendor": _ROLE},
    "company": {
        "name": "text",
        "taxNumber": "text",
        "vatRegistrationId": "text",
        "allowTaxFreeInvoices": "flag",
        "contactPersons": [
            {
                "salutation": "text",
                "firstName": "text",
                "lastName": "text",
                "primary": "flag",
                "emailAddress": "text",
                "phoneNumber": "text",
            }
        ],
    },
    "person": {"salutation": "text", "firstName": "text", "lastName": "text"},
    "addresses": {"billing": _CONTACT_ADDRESSES, "shipping": _CONTACT_ADDRESSES},
    "xRechnung": {"buyerReference": "text", "vendorNumberAtCustomer": "text"},
    "emailAddresses": dict.fromkeys(("business", "office", "private", "other"), _TEXTS),
    "phoneNumbers": dict.fromkeys(("business", "office", "mobile", "private", "fax", "other"), _TEXTS),
    "note": "text",
    "archived": "flag",
}

_CREDIT_NOTE: dict[str, Shape] = {
    "id": "text",
    "organizationId": "text",
    "createdDate": "text",
    "updatedDate": "text",
    "version": "whole",
    "archived": "flag",
    "voucherStatus": "text",
    "voucherNumber": "text",
    "electronicDocumentProfile": "text",
    "taxAmounts": "any",
    "relatedVouchers": "any",
    "files": "any",
    "voucherDate": "text",
    "address": {
        "contactId": "text",
        "name": "text",
        "supplement": "text",
        "street": "text",
        "zip": "text",
        "city": "text",
        "countryCode": "text",
        "contactPerson": "text",
    },
    "lineItems": [
        {
            "id": "text",
            "type": "text",
            "name": "text",
            "description": "text",
            "quantity": "number",
            "unitName": "text",
            "unitPrice": {
                "currency": "text",
                "netAmount": "number",
                "grossAmount": "number",
                "taxRatePercentage": "number",
            },
            "discountPercentage": "number",
            "lineItemAmount": "any",
        }
    ],
    "totalPrice": {
        "currency": "text",
        "totalNetAmount": "any",
        "totalGrossAmount": "any",
        "totalTaxAmount": "any",
        "totalDiscountAbsolute": "number",
        "totalDiscountPercentage": "number",
    },
    "taxConditions": {"taxType": "text", "taxSubType": "text", "taxTypeNote": "text"},
    "title": "text",
    "introduction": "text",
    "remark": "text",
    "language": "text",
    "printLayoutId": "text",
}

_INVOICE: dict[str, Shape] = {
    **_CREDIT_NOTE,
    "dueDate": "text",
    "closingInvoice": "any",
    "claimedGrossAmount": "any",
    "downPaymentDeductions": "any",
    "recurringTemplateId": "any",
    "shippingConditions": {"shippingType": "text", "shippingDate": "text", "shippingEndDate": "text"},
    "paymentConditions": {
        "paymentTermLabel": "text",
        "paymentTermLabelTemplate": "text",
        "paymentTermDuration": "whole",
        "paymentDiscountConditions": {"discountPercentage": "number", "discountRange": "whole"},
    },
    "deliveryTerms": "text",
    "xRechnung": {"buyerReference": "text"},
}

DOCUMENTS: dict[str, Shape] = {"invoice": _INVOICE, "creditnote": _CREDIT_NOTE}
