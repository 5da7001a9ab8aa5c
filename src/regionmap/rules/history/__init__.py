"""How regions and rules changed, and what changes next."""
