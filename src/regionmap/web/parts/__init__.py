"""What several pages share: frame, pickers, cards, tables, styles, maps."""
