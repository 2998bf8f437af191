"""The command line: the verbs and what they share, such as options, file names and progress."""
