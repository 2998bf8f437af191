"""A page to look at the files of a course: `index.html`, beside its manifest."""
