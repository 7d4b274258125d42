"""The kinds of mess, one function each. Importing a module declares its cases."""
