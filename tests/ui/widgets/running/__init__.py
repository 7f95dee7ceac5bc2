"""Tests of the widgets of the running day."""
