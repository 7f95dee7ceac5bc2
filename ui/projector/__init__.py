"""The audience's window and its slides."""
