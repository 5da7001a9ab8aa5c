"""From what people type to an industry or to places."""
