"""The operator's desk: figures, the story of a document, what would leave the house, and what a replay would do."""
