"""The pages of the site, in every language."""
