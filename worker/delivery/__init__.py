"""One attempt, from its claim to its end. `delivery` is the way through; `upload` and `contact` are its steps."""
