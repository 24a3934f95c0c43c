"""Training of the two learned parts; needs the extra ``[train]`` except where a module says so."""
