"""The plan of the event as forms and grids."""
