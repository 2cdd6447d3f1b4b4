"""Room 5, the translator: a document of the practice becomes what Lexware takes, cent-exact, or is refused. Pure."""
