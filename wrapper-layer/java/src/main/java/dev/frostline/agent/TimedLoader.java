package dev.frostline.agent;

import java.net.URL;
import java.net.URLClassLoader;

/**
 * In load mode the super class of the runtime's CustomerClassLoader, instead of URLClassLoader:
 * times how long each class takes to be found and defined, its super classes inside it.
 */
public class TimedLoader extends URLClassLoader {
  static final String INTERNAL_NAME = "dev/frostline/agent/TimedLoader";

  static {
    registerAsParallelCapable();
  }

  /** As URLClassLoader's. */
  public TimedLoader(URL[] urls, ClassLoader parent) {
    super(urls, parent);
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    int id = Recorder.id(name);
    Recorder.enter(id);
    try {
      return super.findClass(name);
    } finally {
      Recorder.exit(id);
    }
  }
}
