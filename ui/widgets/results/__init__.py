"""Standings, ties, versions and what comes from them."""
