"""Files that come in through a page: choose them, look at what they would change, import."""
