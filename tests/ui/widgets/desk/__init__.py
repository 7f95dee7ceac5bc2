"""Tests of signing in, of the chief judge's dialog and of locks."""
