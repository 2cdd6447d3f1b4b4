"""What becomes of documents and contacts in Lexware, read back by listing; one call a step, nothing is ever sent."""
