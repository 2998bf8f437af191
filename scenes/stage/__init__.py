"""What films share, by subject: page, then plots, then descent, noise and maps."""
