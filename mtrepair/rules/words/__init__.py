RULES: tuple[str, ...] = ()
