"""No holes: whatever goes wrong, however often a run is cut, one whole run then leaves all there is, once."""
