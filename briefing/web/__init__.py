"""What is looked at in a browser on this machine: so far the preview of a theme."""
