"""The attacks, one module for each part of the product that they target."""
