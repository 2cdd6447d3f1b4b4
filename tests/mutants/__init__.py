"""The product with one guard removed each: patches, and a run that shows which test misses which guard."""
