"""The ground: who (organisations, people), what and when, who comes, what goes out."""
