"""One module a change of the schema; a module that was released never changes."""
