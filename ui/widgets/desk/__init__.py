"""Who sits at the desk, what only the chief judge may do, and what is locked."""
