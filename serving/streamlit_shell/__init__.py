"""Everything that leans on how Streamlit is built inside."""
