# The first step: what will happen, what is needed before it begins, and which way to take.
# Keys begin with the name of their file.
