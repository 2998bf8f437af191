"""What the films draw with, by subject: page, then plots, then descent, noise and maps."""
