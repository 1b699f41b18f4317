"""The import wizard: a file, its columns where they are unknown, a trial, the act. Each step has its address."""
