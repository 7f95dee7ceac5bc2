"""One page of the phase list a file."""
