package dev.frostline.ingest;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.zip.ZipException;

/**
 * Unpacks bzip2 data strictly: every stream of it is read, and the checksum of each block is
 * checked. Several streams stand one behind the other where it was packed in parallel.
 */
final class Bunzip2 extends InputStream {
  private static final long BLOCK = 0x314159265359L;
  private static final long END = 0x177245385090L;
  private static final int LONGEST_CODE = 20;
  private static final int GROUP = 50;
  private static final int RUN_A = 0;
  private static final int RUN_B = 1;
  private static final int[] CRC_TABLE = crcTable();

  private final InputStream in;
  private long bits;
  private int bitCount;

  private int[] links = new int[0];
  private int blockLength;
  private int blockRead;
  private int position;
  private int blockCrc;
  private int crc;
  private int last = -1;
  private int same;
  private int repeat;
  private boolean ended;

  /** Reads the first stream's header. */
  Bunzip2(InputStream in) throws IOException {
    this.in = in;
    header();
  }

  private static int[] crcTable() {
    int[] table = new int[256];
    for (int i = 0; i < table.length; i++) {
      int value = i << 24;
      for (int bit = 0; bit < 8; bit++) {
        value = value < 0 ? (value << 1) ^ 0x04c11db7 : value << 1;
      }
      table[i] = value;
    }
    return table;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int read = 0;
    while (read < length) {
      int next = next();
      if (next < 0) {
        return read == 0 ? -1 : read;
      }
      buffer[offset + read++] = (byte) next;
    }
    return read;
  }

  /** The next byte: runs of four and more are written as four and how many follow. */
  private int next() throws IOException {
    while (repeat == 0) {
      if (blockRead == blockLength && !nextBlock()) {
        return -1;
      }
      int value = take();
      if (same == 4) {
        same = 0;
        repeat = value;
        continue;
      }
      same = value == last ? same + 1 : 1;
      last = value;
      return checked(value);
    }
    repeat--;
    return checked(last);
  }

  private int checked(int value) {
    crc = (crc << 8) ^ CRC_TABLE[(crc >>> 24) ^ value];
    return value;
  }

  private int take() {
    position = links[position];
    int value = position & 0xff;
    position >>>= 8;
    blockRead++;
    return value;
  }

  private boolean nextBlock() throws IOException {
    if (ended) {
      return false;
    }
    if (blockLength > 0 && ~crc != blockCrc) {
      throw new ZipException("bzip2 data has a wrong CRC");
    }
    long mark = ((long) bits(24) << 24) | bits(24);
    while (mark == END) {
      bits(16);
      bits(16);
      bitCount -= bitCount % 8;
      if (!header()) {
        ended = true;
        blockLength = 0;
        blockRead = 0;
        return false;
      }
      mark = ((long) bits(24) << 24) | bits(24);
    }
    if (mark != BLOCK) {
      throw new ZipException("bzip2 data is damaged");
    }
    block();
    return true;
  }

  /** Reads a stream's header; false where there is none, at the end of the data. */
  private boolean header() throws IOException {
    int first = bitCount > 0 ? bits(8) : in.read();
    if (first < 0) {
      return false;
    }
    if (first != 'B' || bits(8) != 'Z' || bits(8) != 'h') {
      throw new ZipException("bzip2 data is followed by bytes that are not bzip2");
    }
    int level = bits(8) - '0';
    if (level < 1 || level > 9) {
      throw new ZipException("bzip2 data is damaged");
    }
    if (links.length < level * 100_000) {
      links = new int[level * 100_000];
    }
    return true;
  }

  private void block() throws IOException {
    blockCrc = (bits(16) << 16) | bits(16);
    boolean randomised = bits(1) == 1; // of bzip2 before 0.9.5
    int origin = bits(24);
    int[] symbols = symbols();
    int tables = bits(3);
    int selectors = bits(15);
    if (randomised || symbols.length == 0 || tables < 2 || tables > 6 || selectors == 0) {
      throw new ZipException("bzip2 data is damaged");
    }
    byte[] selector = selectors(tables, selectors);
    Codes[] codes = new Codes[tables];
    for (int i = 0; i < tables; i++) {
      codes[i] = codes(symbols.length + 2);
    }
    int[] counts = new int[256];
    blockLength = moveToFront(symbols, selector, codes, counts);
    if (origin >= blockLength) {
      throw new ZipException("bzip2 data is damaged");
    }
    link(counts, origin);
  }

  private int[] symbols() throws IOException {
    int used = bits(16);
    int[] symbols = new int[256];
    int count = 0;
    for (int high = 0; high < 16; high++) {
      int low = (used >> (15 - high) & 1) == 1 ? bits(16) : 0;
      for (int i = 0; i < 16; i++) {
        if ((low >> (15 - i) & 1) == 1) {
          symbols[count++] = high * 16 + i;
        }
      }
    }
    return Arrays.copyOf(symbols, count);
  }

  private byte[] selectors(int tables, int count) throws IOException {
    byte[] order = {0, 1, 2, 3, 4, 5};
    byte[] selectors = new byte[count];
    for (int i = 0; i < count; i++) {
      int at = 0;
      while (bits(1) == 1) {
        at++;
        if (at >= tables) {
          throw new ZipException("bzip2 data is damaged");
        }
      }
      byte table = order[at];
      System.arraycopy(order, 0, order, 1, at);
      order[0] = table;
      selectors[i] = table;
    }
    return selectors;
  }

  private Codes codes(int symbols) throws IOException {
    int[] lengths = new int[symbols];
    int length = bits(5);
    for (int i = 0; i < symbols; i++) {
      while (bits(1) == 1) {
        length += bits(1) == 1 ? -1 : 1;
      }
      if (length < 1 || length > LONGEST_CODE) {
        throw new ZipException("bzip2 data is damaged");
      }
      lengths[i] = length;
    }
    return new Codes(lengths);
  }

  /** Canonical Huffman codes: by length the first code, its place, and the symbols in order. */
  private static final class Codes {
    private final int[] counts = new int[LONGEST_CODE + 1];
    private final int[] ordered;

    Codes(int[] lengths) {
      ordered = new int[lengths.length];
      for (int length : lengths) {
        counts[length]++;
      }
      int[] next = new int[LONGEST_CODE + 2];
      for (int length = 1; length <= LONGEST_CODE; length++) {
        next[length + 1] = next[length] + counts[length];
      }
      for (int symbol = 0; symbol < lengths.length; symbol++) {
        ordered[next[lengths[symbol]]++] = symbol;
      }
    }
  }

  private int symbol(Codes codes) throws IOException {
    int code = 0;
    int first = 0;
    int index = 0;
    for (int length = 1; length <= LONGEST_CODE; length++) {
      code |= bits(1);
      int count = codes.counts[length];
      if (code - first < count) {
        return codes.ordered[index + code - first];
      }
      index += count;
      first = (first + count) << 1;
      code <<= 1;
    }
    throw new ZipException("bzip2 data is damaged");
  }

  /** Decodes the block's bytes into {@link #links}, counts each, and returns how many there are. */
  private int moveToFront(int[] symbols, byte[] selectors, Codes[] codes, int[] counts)
      throws IOException {
    int[] order = symbols.clone();
    int end = symbols.length + 1;
    int length = 0;
    int run = 0;
    int weight = 1;
    int group = 0;
    int left = 0;
    while (true) {
      if (left == 0) {
        if (group == selectors.length) {
          throw new ZipException("bzip2 data is damaged");
        }
        left = GROUP;
        group++;
      }
      left--;
      int symbol = symbol(codes[selectors[group - 1]]);
      if (symbol == RUN_A || symbol == RUN_B) {
        run += weight << symbol;
        weight <<= 1;
        if (run > links.length) {
          throw new ZipException("bzip2 data is damaged");
        }
        continue;
      }
      length = append(order[0], run, length, counts);
      run = 0;
      weight = 1;
      if (symbol == end) {
        return length;
      }
      int value = order[symbol - 1];
      System.arraycopy(order, 0, order, 1, symbol - 1);
      order[0] = value;
      length = append(value, 1, length, counts);
    }
  }

  private int append(int value, int times, int length, int[] counts) throws ZipException {
    if (times > links.length - length) {
      throw new ZipException("bzip2 data is damaged");
    }
    Arrays.fill(links, length, length + times, value);
    counts[value] += times;
    return length + times;
  }

  /** Turns the sorted bytes into a chain: each entry holds a byte and where the next one is. */
  private void link(int[] counts, int origin) {
    int[] next = new int[256];
    for (int i = 1; i < 256; i++) {
      next[i] = next[i - 1] + counts[i - 1];
    }
    for (int i = 0; i < blockLength; i++) {
      int value = links[i] & 0xff;
      links[next[value]++] |= i << 8;
    }
    position = links[origin] >>> 8;
    blockRead = 0;
    crc = -1;
    last = -1;
    same = 0;
    repeat = 0;
  }

  private int bits(int count) throws IOException {
    while (bitCount < count) {
      int read = in.read();
      if (read < 0) {
        throw new EOFException("bzip2 data is cut off");
      }
      bits = (bits << 8) | read;
      bitCount += 8;
    }
    bitCount -= count;
    return (int) (bits >>> bitCount) & ((1 << count) - 1);
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
