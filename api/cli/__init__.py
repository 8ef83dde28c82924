"""The command line: one small file per group of commands, tables for people and JSON for scripts."""
