"""The pictures of docs/editors.md: a site of their own, what stands in it, and each picture of it."""
