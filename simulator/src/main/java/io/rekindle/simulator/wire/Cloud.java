package io.rekindle.simulator.wire;

/** Whatever answers as AWS: the emulator, or a stand-in before it. */
@FunctionalInterface
public interface Cloud {
  Reply answer(Request request);
}
