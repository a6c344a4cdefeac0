# The third step: what was found, what will and will not move, and how long it will take.
# Keys begin with the name of their file.
