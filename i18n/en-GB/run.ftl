# The fourth step: the migration under way, its figures and its problems.
# Keys begin with the name of their file.
