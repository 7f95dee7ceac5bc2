"""Table models that hold snapshots."""
