"""Read-only questions to an open event; the answers are frozen dataclasses, never rows."""
