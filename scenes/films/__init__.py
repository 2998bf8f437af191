"""The films, one folder each: its plan, its scene, its parts. They share only the stage."""
