"""The mark sheet at score entry."""
