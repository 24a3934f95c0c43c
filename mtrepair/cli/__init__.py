"""The commands, one thin file each: parse, one call into the API, report, exit code."""
