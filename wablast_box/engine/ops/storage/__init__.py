"""Where files are kept: on the disk, or in a bucket that the owner names. Verbs: change_storage, move_files, carry_waiting."""
