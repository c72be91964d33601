"""The catalogue in tables: any noun as CSV or as a workbook, out and in again.

A row becomes a record of the exchange file and is held against the same rules. columns: what stands where;
cells: how a value is written; csv_files, workbooks: bytes; exporting, importing: the database.
"""
