"""What pages for the browser have in common."""
