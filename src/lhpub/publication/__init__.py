"""What a publication states: from declared keys to resolved texts, figures and dates."""
