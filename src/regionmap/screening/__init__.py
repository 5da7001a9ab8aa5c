"""Many sites at once: tables are read, every row is judged, and the answers are written."""
