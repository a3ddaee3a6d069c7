package io.rekindle.simulator.contract;

import io.rekindle.simulator.wire.Reply;
import io.rekindle.simulator.wire.Request;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;

/** Judges every pair of request and answer that it hears. */
public final class Overheard implements BiConsumer<Request, Reply> {
  private final Set<String> differences = new TreeSet<>();
  private final Set<String> excused = new TreeSet<>();
  private final WireContract contract;
  private int pairs;

  public Overheard(WireContract contract) {
    this.contract = contract;
  }

  @Override
  public void accept(Request request, Reply reply) {
    List<String> found = judged(request, reply);
    synchronized (this) {
      pairs++;
      found.forEach(each -> (WireContract.isExcused(each) ? excused : differences).add(each));
    }
  }

  private List<String> judged(Request request, Reply reply) {
    try {
      return contract.differences(request, reply);
    } catch (RuntimeException unreadable) {
      return List.of(
          request.service() + " " + request.operation() + " cannot be read: " + unreadable);
    }
  }

  /** What differed since it was asked last, as sentences, but for what is excused. */
  public synchronized List<String> differences() {
    List<String> since = new ArrayList<>(differences);
    differences.clear();
    return since;
  }

  /** Writes down how many pairs were heard, and below that which excuses were needed. */
  public synchronized void report(Path to) {
    List<String> lines = new ArrayList<>(List.of(Integer.toString(pairs)));
    lines.addAll(excused);
    try {
      Files.createDirectories(to.toAbsolutePath().getParent());
      Files.write(to, lines);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
