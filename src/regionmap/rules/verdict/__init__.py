"""What follows from the provisions that reach a question: the verdict, its reasons, caveats and coverage."""
