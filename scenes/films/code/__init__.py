"""The film `code`: the listing as it runs, what it prints, and its picture."""
