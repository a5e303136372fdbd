"""Reports that people read: charts, and pages, workbooks and documents made from one set of rows."""
