"""The films, a folder for each: its plan, its scene, its parts. They share the stage."""
