"""The host's side: the folder that describes a practice software, the views made of it, and how it is applied."""
