package dev.frostline.store;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Public records as bytes, component after component. The bytes name nothing: they are read by the
 * same classes that wrote them, which whoever keeps them has to make sure of.
 */
public final class RecordCodec {
  /** How the values of one type are written and read. */
  private interface Form {
    void write(@Nullable Object value, DataOutputStream out) throws IOException;

    @Nullable Object read(DataInputStream in) throws IOException;
  }

  private final Map<Type, Form> forms = new HashMap<>();

  /** The bytes of a record. */
  public byte[] bytes(Record value) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      form(value.getClass()).write(value, new DataOutputStream(bytes));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return bytes.toByteArray();
  }

  /** The record; null where the bytes are cut short or of another form. */
  public <T extends Record> @Nullable T record(Class<T> type, byte[] bytes) {
    try {
      return type.cast(form(type).read(new DataInputStream(new ByteArrayInputStream(bytes))));
    } catch (IOException e) {
      return null;
    }
  }

  private Form form(Type type) {
    Form known = forms.get(type);
    if (known == null) {
      known = newForm(type);
      forms.put(type, known);
    }
    return known;
  }

  private Form newForm(Type type) {
    if (type == int.class) {
      return form((value, out) -> out.writeInt((int) value), DataInputStream::readInt);
    } else if (type == long.class) {
      return form((value, out) -> out.writeLong((long) value), DataInputStream::readLong);
    } else if (type == double.class) {
      return form((value, out) -> out.writeDouble((double) value), DataInputStream::readDouble);
    } else if (type == boolean.class) {
      return form((value, out) -> out.writeBoolean((boolean) value), DataInputStream::readBoolean);
    }
    return orNull(ofObjects(type));
  }

  private Form ofObjects(Type type) {
    if (type == Integer.class) {
      return form((value, out) -> out.writeInt((int) value), DataInputStream::readInt);
    } else if (type == String.class) {
      return form((value, out) -> write((String) value, out), RecordCodec::readText);
    } else if (type == Instant.class) {
      return form((value, out) -> write((Instant) value, out), RecordCodec::readInstant);
    } else if (type instanceof ParameterizedType list && list.getRawType() == List.class) {
      return ofList(form(list.getActualTypeArguments()[0]));
    } else if (type instanceof Class<?> one && one.isEnum()) {
      Map<String, Object> constants = new HashMap<>();
      for (Object constant : one.getEnumConstants()) {
        constants.put(((Enum<?>) constant).name(), constant);
      }
      return form(
          (value, out) -> write(((Enum<?>) value).name(), out), in -> constant(constants, in));
    } else if (type instanceof Class<?> one && one.isRecord()) {
      return ofRecord(one);
    }
    throw new IllegalArgumentException("no form for " + type);
  }

  private interface Writer {
    void write(Object value, DataOutputStream out) throws IOException;
  }

  private interface Reader {
    Object read(DataInputStream in) throws IOException;
  }

  private static Form form(Writer writer, Reader reader) {
    return new Form() {
      @Override
      public void write(@Nullable Object value, DataOutputStream out) throws IOException {
        if (value == null) {
          throw new IllegalArgumentException("no value");
        }
        writer.write(value, out);
      }

      @Override
      public Object read(DataInputStream in) throws IOException {
        return reader.read(in);
      }
    };
  }

  private static Form orNull(Form form) {
    return new Form() {
      @Override
      public void write(@Nullable Object value, DataOutputStream out) throws IOException {
        out.writeBoolean(value != null);
        if (value != null) {
          form.write(value, out);
        }
      }

      @Override
      public @Nullable Object read(DataInputStream in) throws IOException {
        return in.readBoolean() ? form.read(in) : null;
      }
    };
  }

  private static Form ofList(Form element) {
    return form(
        (value, out) -> {
          List<?> list = (List<?>) value;
          out.writeInt(list.size());
          for (Object one : list) {
            element.write(one, out);
          }
        },
        in -> {
          int size = in.readInt();
          List<@Nullable Object> list = new ArrayList<>();
          for (int i = 0; i < size; i++) {
            list.add(element.read(in));
          }
          return list;
        });
  }

  private Form ofRecord(Class<?> type) {
    RecordComponent[] components = type.getRecordComponents();
    MethodHandle[] getters = new MethodHandle[components.length];
    Form[] parts = new Form[components.length];
    MethodHandle maker;
    try {
      MethodHandles.Lookup lookup = MethodHandles.publicLookup();
      for (int i = 0; i < components.length; i++) {
        parts[i] = form(components[i].getGenericType());
        getters[i] =
            lookup
                .unreflect(components[i].getAccessor())
                .asType(MethodType.methodType(Object.class, Object.class));
      }
      Class<?>[] types =
          Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
      maker =
          lookup
              .findConstructor(type, MethodType.methodType(void.class, types))
              .asSpreader(Object[].class, types.length)
              .asType(MethodType.methodType(Object.class, Object[].class));
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException(type + " is no public record", e);
    }
    return form(
        (value, out) -> {
          for (int i = 0; i < parts.length; i++) {
            parts[i].write(get(getters[i], value), out);
          }
        },
        in -> {
          @Nullable Object[] values = new Object[parts.length];
          for (int i = 0; i < parts.length; i++) {
            values[i] = parts[i].read(in);
          }
          return make(maker, values);
        });
  }

  @SuppressWarnings("IllegalCatch")
  private static Object get(MethodHandle getter, Object value) {
    try {
      return getter.invokeExact(value);
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  private static Object make(MethodHandle maker, @Nullable Object[] values) throws IOException {
    try {
      return (Object) maker.invokeExact(values);
    } catch (Throwable e) {
      throw new IOException("no such record", e);
    }
  }

  private static void write(String text, DataOutputStream out) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private static String readText(DataInputStream in) throws IOException {
    int length = in.readInt();
    if (length < 0 || length > in.available()) {
      throw new IOException("a text is cut short");
    }
    return new String(in.readNBytes(length), StandardCharsets.UTF_8);
  }

  private static void write(Instant instant, DataOutputStream out) throws IOException {
    out.writeLong(instant.getEpochSecond());
    out.writeInt(instant.getNano());
  }

  private static Object constant(Map<String, Object> constants, DataInputStream in)
      throws IOException {
    String name = readText(in);
    Object constant = constants.get(name);
    if (constant == null) {
      throw new IOException("no constant " + name);
    }
    return constant;
  }

  private static Instant readInstant(DataInputStream in) throws IOException {
    return Instant.ofEpochSecond(in.readLong(), in.readInt());
  }
}
