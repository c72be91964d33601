"""What editors' forms need in every app: widgets, forms, rows inside a form, lists, marks."""
