"""What officers may type into the admin, and how it is read."""
