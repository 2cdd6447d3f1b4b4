"""The practice's side: what it orders, its key, its switches, and who its customers are in Lexware."""
