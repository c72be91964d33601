"""What waits for editors, on the admin's start page: kinds of tasks, counted, with the way to mend each."""
