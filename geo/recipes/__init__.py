"""How the bundled data files are made from their inputs."""
