"""lexrelay's half that knows PostgreSQL and events, and nothing of invoices, HTTP or Lexware."""
