"""From files to drafts: sources are read, planned, and written through the authoring doors of the apps only."""
