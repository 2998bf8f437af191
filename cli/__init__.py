"""What the commands of ``render.py`` share: options, names of files, progress, tables, checks."""
