"""Who is in the pool and who competes."""
