"""Does a provision reach this question? Industry, place, action and date, each held against every rule."""
