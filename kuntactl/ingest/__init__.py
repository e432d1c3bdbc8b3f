"""What is handed in, read and checked: exports, coaches, answers."""
