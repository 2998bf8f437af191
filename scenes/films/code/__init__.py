"""The film `code`: the program as it runs, what it prints, and its picture."""
