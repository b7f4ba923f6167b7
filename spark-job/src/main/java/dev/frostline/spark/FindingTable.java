package dev.frostline.spark;

import dev.frostline.verdict.FindingRow;
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
 * {@code finding/data.parquet} of a lake: one file, which appears whole in place of the one before.
 */
final class FindingTable {
  private final SparkSession spark;
  private final String lake;

  FindingTable(SparkSession spark, String lake) {
    this.spark = spark;
    this.lake = lake;
  }

  void write(List<FindingRow> findings) throws IOException {
    List<Row> rows = new ArrayList<>();
    for (FindingRow finding : findings) {
      rows.add(row(finding));
    }
    Path partial = new Path(lake, "finding/_partial-" + UUID.randomUUID());
    FileContext files =
        FileContext.getFileContext(partial.toUri(), spark.sparkContext().hadoopConfiguration());
    try {
      spark
          .createDataFrame(rows, schema())
          .coalesce(1)
          .write()
          .option("compression", "zstd")
          .parquet(partial.toString());
      files.rename(
          onlyFile(files, partial), new Path(lake, "finding/data.parquet"), Rename.OVERWRITE);
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

  private static Row row(FindingRow finding) {
    RecordComponent[] columns = FindingRow.class.getRecordComponents();
    @Nullable Object[] values = new Object[columns.length];
    for (int i = 0; i < columns.length; i++) {
      try {
        values[i] = columns[i].getAccessor().invoke(finding);
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException(e);
      }
    }
    return RowFactory.create(values);
  }

  /** The columns of the store's table {@code finding}, by the names of the record's components. */
  private static StructType schema() {
    List<StructField> fields = new ArrayList<>();
    for (RecordComponent column : FindingRow.class.getRecordComponents()) {
      String name = column.getName().replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
      fields.add(DataTypes.createStructField(name, type(column.getType()), true));
    }
    return DataTypes.createStructType(fields);
  }

  private static DataType type(Class<?> type) {
    if (type == String.class) {
      return DataTypes.StringType;
    }
    return type == Instant.class ? DataTypes.TimestampType : DataTypes.DoubleType;
  }
}
