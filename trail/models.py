"""What every row was before: the trail that editors can walk back."""
