"""Files of sites → Arrow tables, chunk by chunk: CSV, XLSX, Parquet, layers."""
