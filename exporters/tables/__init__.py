"""Lists of cards for officials, one row per card: CSV and XLSX. No cell can be taken for a formula."""
