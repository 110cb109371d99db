"""How a message reaches its recipient. Importing a module of this room opens nothing."""
