package io.rekindle.run;

import io.temporal.worker.Worker;
import java.util.List;

/** All stories: whatever polls for them registers them from here. */
public final class Workflows {
  /** The search attributes that a namespace must know; all of type Keyword. */
  public static final List<String> SEARCH_ATTRIBUTES = Visibility.ATTRIBUTES;

  public static final List<Class<?>> ALL = List.of(FailoverImpl.class, DrillImpl.class);

  private Workflows() {}

  public static void register(Worker worker) {
    worker.registerWorkflowImplementationTypes(ALL.toArray(Class<?>[]::new));
  }
}
