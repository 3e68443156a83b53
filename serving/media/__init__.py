"""Pictures in the sizes that browsers choose from, made once and kept on disk."""
