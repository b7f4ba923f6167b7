package dev.frostline.spark;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Options.Rename;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * Records as a table of one Parquet file, which appears whole in place of the one before. Columns
 * have the names of the records' components.
 */
final class RecordTable<R extends Record> {
  private final SparkSession spark;
  private final RecordComponent[] columns;

  RecordTable(SparkSession spark, Class<R> type) {
    this.spark = spark;
    this.columns = type.getRecordComponents();
  }

  /**
   * @param without a column that the table does not have
   */
  void write(List<R> records, String without, String file) throws IOException {
    List<Row> rows = new ArrayList<>();
    for (R record : records) {
      rows.add(row(record));
    }
    Path target = new Path(file);
    Path partial = new Path(target.getParent(), "_partial-" + UUID.randomUUID());
    FileContext files =
        FileContext.getFileContext(partial.toUri(), spark.sparkContext().hadoopConfiguration());
    try {
      spark
          .createDataFrame(rows, schema())
          .drop(without)
          .coalesce(1)
          .write()
          .option("compression", "zstd")
          .parquet(partial.toString());
      files.rename(onlyFile(files, partial), target, Rename.OVERWRITE);
    } finally {
      files.delete(partial, true);
    }
  }

  private static Path onlyFile(FileContext files, Path folder) throws IOException {
    RemoteIterator<FileStatus> listed = files.listStatus(folder);
    while (listed.hasNext()) {
      Path one = listed.next().getPath();
      if (one.getName().endsWith(".parquet")) {
        return one;
      }
    }
    throw new IOException("no Parquet file in " + folder);
  }

  private Row row(R record) {
    @Nullable Object[] values = new Object[columns.length];
    for (int i = 0; i < columns.length; i++) {
      try {
        values[i] = columns[i].getAccessor().invoke(record);
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException(e);
      }
    }
    return RowFactory.create(values);
  }

  private StructType schema() {
    List<StructField> fields = new ArrayList<>();
    for (RecordComponent column : columns) {
      String name = column.getName().replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
      fields.add(DataTypes.createStructField(name, type(column.getType()), true));
    }
    return DataTypes.createStructType(fields);
  }

  private static DataType type(Class<?> type) {
    if (type == String.class) {
      return DataTypes.StringType;
    }
    if (type == long.class) {
      return DataTypes.LongType;
    }
    if (type == boolean.class) {
      return DataTypes.BooleanType;
    }
    return type == Instant.class ? DataTypes.TimestampType : DataTypes.DoubleType;
  }
}
