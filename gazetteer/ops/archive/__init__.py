"""Backup and restore: one file with the database, the pictures and files, and the settings, checked member by member.

`form` knows the file (manifest, digests, refusal of damaged ones); `sqlite` and `postgres` each take a consistent
snapshot and put one back; `make` and `bring_back` are the two commands.
"""
