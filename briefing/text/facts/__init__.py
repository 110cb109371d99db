"""What a sentence states that can be compared: numbers, dates, names, quotations, doubt, denial, who said it."""
