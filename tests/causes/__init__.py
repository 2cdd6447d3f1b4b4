"""Every way a document can die or stand still, as tables: how it comes about, what the operator reads, and the way back."""
