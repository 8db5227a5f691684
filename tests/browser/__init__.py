"""The running service and the browsers that look at it."""
