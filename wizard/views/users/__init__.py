"""The page Users and groups, its forms and its import; and in words which users a scope means."""
