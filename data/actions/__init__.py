"""The only writers, one module a phase of the day. Each function is one user action."""
