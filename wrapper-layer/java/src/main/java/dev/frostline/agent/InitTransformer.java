package dev.frostline.agent;

import java.lang.instrument.ClassFileTransformer;
import java.security.ProtectionDomain;
import java.util.Map;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Puts calls of the {@link Recorder} into the function's classes as they are loaded: into class
 * initialisers, the handler's constructors, and the runtime client's method that ends init.
 * Whatever fails leaves the class as it is.
 */
final class InitTransformer implements ClassFileTransformer {
  private static final String CLIENT = "com/amazonaws/services/lambda/runtime/api/client/";
  private static final String API = CLIENT + "runtimeapi/LambdaRuntimeApiClientImpl"; // 2.5.1 on
  private static final String OLD_API = CLIENT + "runtimeapi/LambdaRuntimeClient";
  private static final String LOADER = CLIENT + "CustomerClassLoader";
  private static final int[] API_IDS = {Recorder.NEXT, Recorder.RESTORE};

  private final Init init;
  private final boolean initializers;
  private final boolean loads;
  private final @Nullable ClassLoader platform;
  private final Map<ClassLoader, Boolean> seeing = new WeakHashMap<>();
  private final String[] handlers;
  private int awaited;

  InitTransformer(Init init, Settings settings) {
    this.init = init;
    initializers = settings.mode.equals("clinit");
    loads = settings.mode.equals("load");
    awaited = loads ? 2 : 1;
    platform = ClassLoader.getSystemClassLoader().getParent();
    handlers = new String[settings.handlers.size()];
    for (int i = 0; i < handlers.length; i++) {
      handlers[i] = settings.handlers.get(i).replace('.', '/');
    }
  }

  @Override
  public byte @Nullable [] transform(
      @Nullable ClassLoader loader,
      @Nullable String name,
      @Nullable Class<?> redefined,
      @Nullable ProtectionDomain domain,
      byte[] file) {
    if (loader == null || loader == platform || name == null || redefined != null) {
      return null;
    }
    long began = System.nanoTime();
    try {
      return name.startsWith(CLIENT) ? client(name, file) : function(loader, name, file);
    } catch (Throwable e) {
      return null;
    } finally {
      init.own(System.nanoTime() - began);
    }
  }

  private byte @Nullable [] client(String name, byte[] file) {
    if (name.equals(API)) {
      return api(file, "nextInvocation", "restoreNext");
    }
    if (name.equals(OLD_API)) {
      return api(file, "waitForNextInvocation", "getRestoreNext");
    }
    if (loads && name.equals(LOADER)) {
      seen();
      return ClassPatch.extending(file, "java/net/URLClassLoader", TimedLoader.INTERNAL_NAME);
    }
    return null;
  }

  private byte @Nullable [] api(byte[] file, String next, String restore) {
    seen();
    return ClassPatch.recording(file, new String[] {next, restore}, API_IDS);
  }

  /** Without initialisers to record there is nothing left to do but in the client's own classes. */
  private void seen() {
    if (--awaited == 0 && !initializers) {
      init.stopTransforming();
    }
  }

  private byte @Nullable [] function(ClassLoader loader, String name, byte[] file)
      throws ClassNotFoundException {
    if (!initializers || name.startsWith("dev/frostline/agent/")) {
      return null;
    }
    boolean handler = isHandler(name);
    if ((!handler && !ConstantPool.namesInitializer(file)) || !seesRecorder(loader)) {
      return null;
    }
    String named = name.replace('/', '.');
    int id = init.id(named);
    int constructor = handler ? init.lastingId(named + ".<init>") : 0;
    if (id == Recorder.NONE || constructor == Recorder.NONE) {
      return null;
    }
    return handler
        ? ClassPatch.recording(
            file, new String[] {"<clinit>", "<init>"}, new int[] {id, constructor})
        : ClassPatch.recording(file, new String[] {"<clinit>"}, new int[] {id});
  }

  private boolean isHandler(String name) {
    for (String handler : handlers) {
      if (handler.equals(name)) {
        return true;
      }
    }
    return false;
  }

  /** A class loader that hides the agent would make the patched class fail: not there. */
  private boolean seesRecorder(ClassLoader loader) {
    synchronized (seeing) {
      Boolean known = seeing.get(loader);
      if (known != null) {
        return known;
      }
    }
    boolean sees;
    try {
      sees = Class.forName(Recorder.class.getName(), false, loader) == Recorder.class;
    } catch (ClassNotFoundException | LinkageError | RuntimeException e) {
      sees = false;
    }
    synchronized (seeing) {
      seeing.put(loader, sees);
    }
    return sees;
  }
}
