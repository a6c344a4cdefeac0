# The last step: completing the migration, its verdict, and what to do next.
# Keys begin with the name of their file.
