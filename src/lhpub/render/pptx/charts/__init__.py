"""Native charts: a module for each kind."""
