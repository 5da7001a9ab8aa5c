"""The site report: one verdict as a document to keep, print and send."""
