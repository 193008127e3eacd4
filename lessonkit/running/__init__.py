"""Running a lesson in a fresh process, and what its run gave."""
