"""The timetable as a chart, its draft, its versions and its figures."""
