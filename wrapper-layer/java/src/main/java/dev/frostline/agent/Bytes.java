package dev.frostline.agent;

import java.util.Arrays;

/** Bytes of a class file being written, big-endian, as they grow. */
final class Bytes {
  private byte[] bytes;
  private int length;

  Bytes(int expected) {
    bytes = new byte[expected];
  }

  int length() {
    return length;
  }

  void u1(int value) {
    room(1);
    bytes[length++] = (byte) value;
  }

  void u2(int value) {
    u1(value >> 8);
    u1(value);
  }

  void u4(int value) {
    u2(value >> 16);
    u2(value);
  }

  void copy(byte[] from, int start, int count) {
    room(count);
    System.arraycopy(from, start, bytes, length, count);
    length += count;
  }

  void copy(Bytes from) {
    copy(from.bytes, 0, from.length);
  }

  void setU2(int at, int value) {
    bytes[at] = (byte) (value >> 8);
    bytes[at + 1] = (byte) value;
  }

  void setU4(int at, int value) {
    setU2(at, value >> 16);
    setU2(at + 2, value);
  }

  /** Adds to every {@code step}-th pair of bytes from {@code at} to the end. */
  void addToEach(int at, int step, int value) {
    byte[] all = bytes;
    int end = length;
    for (int i = at; i < end; i += step) {
      int sum = (((all[i] & 0xff) << 8) | (all[i + 1] & 0xff)) + value;
      all[i] = (byte) (sum >> 8);
      all[i + 1] = (byte) sum;
    }
  }

  byte[] toArray() {
    return Arrays.copyOf(bytes, length);
  }

  private void room(int count) {
    if (length + count > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + count));
    }
  }

  static int u1(byte[] bytes, int at) {
    return bytes[at] & 0xff;
  }

  static int u2(byte[] bytes, int at) {
    return ((bytes[at] & 0xff) << 8) | (bytes[at + 1] & 0xff);
  }

  static int u4(byte[] bytes, int at) {
    return (u2(bytes, at) << 16) | u2(bytes, at + 2);
  }
}
