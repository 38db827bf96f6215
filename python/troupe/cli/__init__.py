"""The command line: one module a command; `main` dispatches and imports nothing that the command does not need."""
