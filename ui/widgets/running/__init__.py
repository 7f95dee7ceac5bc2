"""The board of the running day: lanes, what goes wrong, and the offers to go on."""
