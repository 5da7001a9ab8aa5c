"""Does a provision reach this question? Industry, place, action and date, each compared with every rule."""
