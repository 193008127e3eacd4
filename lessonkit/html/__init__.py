"""What happens to the HTML of a page, from Markdown's to the file that is published."""
