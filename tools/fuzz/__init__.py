"""`dev.py fuzz`: requests that no browser makes, at every address, in great numbers."""
