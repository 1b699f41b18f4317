"""What is measured against. These files stay as they are: a figure means something only beside a fixed floor."""
