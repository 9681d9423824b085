"""Source files: YAML text to nodes with spans, and nodes to declared dataclasses."""
