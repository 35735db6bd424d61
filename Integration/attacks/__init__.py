"""The attacks, a module for each part that they are aimed at."""
