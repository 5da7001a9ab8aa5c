"""Files to model: schema, loading, and validation with file and line in every error."""
