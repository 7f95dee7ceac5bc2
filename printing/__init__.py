"""Everything that comes out on paper, as PDF. Values in, bytes out; no Qt."""
