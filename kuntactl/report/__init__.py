"""What people read afterwards: lists, workbooks, reports."""
