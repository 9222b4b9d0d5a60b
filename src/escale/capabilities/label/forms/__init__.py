"""What is asked at each act of the label, by noun."""
