"""Reads a lake as a Python user does; prints of every column its Arrow type, how many values it has, and their sum."""

import json
import pathlib
import sys

import pyarrow.dataset
import pyarrow.parquet


def number(value):
    """Texts count with their length, times in microseconds, fractions in thousandths."""
    if isinstance(value, str):
        return len(value)
    return round(value * 1000) if isinstance(value, float) else int(value)


def numbers(column):
    micros = column.cast("int64") if str(column.type).startswith("timestamp") else column
    return [number(value) for value in micros.to_pylist() if value is not None]


lake = pathlib.Path(sys.argv[1])
answer = {}
for table in ("cold_start", "import_timing"):
    dataset = pyarrow.dataset.dataset(lake / table, partitioning="hive")
    for file in dataset.files:
        groups = pyarrow.parquet.ParquetFile(file).metadata.to_dict()["row_groups"]
        codecs = {column["compression"] for group in groups for column in group["columns"]}
        assert codecs == {"ZSTD"}, (file, codecs)
    rows = dataset.to_table()
    answer[table] = {
        name: f"{rows[name].type} {len(numbers(rows[name]))} {sum(numbers(rows[name]))}" for name in rows.column_names
    }
print(json.dumps(answer))
