"""The charts, each with its title, its takeaway and its words for those who cannot see it."""
