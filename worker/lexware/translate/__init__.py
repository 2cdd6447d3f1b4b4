"""A document of the practice becomes what Lexware takes, cent-exact, or is refused. Pure."""
