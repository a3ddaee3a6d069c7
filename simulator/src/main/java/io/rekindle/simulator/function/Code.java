package io.rekindle.simulator.function;

/** What a function does. */
@FunctionalInterface
public interface Code {
  /**
   * @return JSON
   * @throws Exception as a function that fails
   */
  String run(Invocation invocation) throws Exception;
}
