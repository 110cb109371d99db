"""When an edition is due, and the durable run that makes it. Importing ``workflows`` loads DBOS."""
