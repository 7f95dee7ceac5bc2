"""The windows. They read through queries, write through actions, and listen for changes."""
