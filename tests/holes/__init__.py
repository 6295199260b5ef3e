"""No holes: whatever goes wrong, and however often a run is cut, what one whole run then leaves is all there is, once."""
