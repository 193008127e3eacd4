"""What a teacher asks for: the whole check of a lesson, a new lesson, one brought from elsewhere."""
