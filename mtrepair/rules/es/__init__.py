"""The rules that Spanish alone has, or has in its own way."""
