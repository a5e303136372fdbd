"""The Value Map: the sheet that SROI assessors know, its columns, and the way between it and a study."""
