"""What notebooks and scripts get on top of the answers: cards, frames, layers, maps, and tables that are screened."""
