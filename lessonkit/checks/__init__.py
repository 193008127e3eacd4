"""What must be true of a lesson, and the recorder. A new check begins here."""
