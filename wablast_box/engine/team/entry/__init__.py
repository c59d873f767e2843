"""On the way in: what a browser has proved so far, until it has proved enough."""
