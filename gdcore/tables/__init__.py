"""Two columns of numbers from a text file: its encoding, its rows, its cells, what is refused."""
