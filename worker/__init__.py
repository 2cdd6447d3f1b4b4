"""lexrelay's half that knows invoices, HTTP and Lexware; it imports outbox, never the other way round."""
