"""Draws: lists, seeds, the ceremony, sealing and decoding."""
