"""What one film alone shows, a folder for each film. What films share lies on the stage."""
